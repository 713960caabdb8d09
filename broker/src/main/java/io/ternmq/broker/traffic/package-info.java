/**
 * What passes through the broker, counted: messages and bytes put and got, and their rates. Owns these counts; other
 * rooms add to them and the administration reads them. May import {@code common}. Start at
 * {@link io.ternmq.broker.traffic.Traffic}.
 */
package io.ternmq.broker.traffic;
