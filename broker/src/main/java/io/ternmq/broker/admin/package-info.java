/**
 * Commands that concern the broker as a whole: its configuration and its state. Owns no state. May import floors 0 to 2,
 * {@code remoting} and {@code common}. Start at {@link io.ternmq.broker.admin.BrokerSettings}.
 */
package io.ternmq.broker.admin;
