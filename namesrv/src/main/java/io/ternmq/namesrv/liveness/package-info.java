/**
 * Takes brokers out of the table that are no longer there: those that fell silent and those whose connection closed.
 * Owns no broker, only the watching. May import {@code namesrv.route}, {@code remoting} and {@code common}. Start at
 * {@link io.ternmq.namesrv.liveness.BrokerLeases}.
 */
package io.ternmq.namesrv.liveness;
