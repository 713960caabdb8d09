/**
 * Makes this broker known to its name servers and keeps it known. Owns what each of them still has to hear. May import
 * floors 0 to 2, {@code remoting} and {@code common}. Start at {@link io.ternmq.broker.route.NameServerRegistrar}.
 */
package io.ternmq.broker.route;
