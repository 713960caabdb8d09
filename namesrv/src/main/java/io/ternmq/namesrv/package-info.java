/**
 * The name server: which brokers serve which topics, and which of them are alive.
 *
 * <p>Owns the composition of the server; its state lives in the rooms {@code route}, {@code liveness} and {@code kv}. May
 * import {@code remoting} and {@code common}.
 */
package io.ternmq.namesrv;
