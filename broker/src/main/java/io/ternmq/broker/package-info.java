/**
 * The broker: stores messages and serves them to consumers.
 *
 * <p>Owns the composition of the server, and alone sees every room. Rooms lie on four floors and import lower floors
 * only. May import {@code remoting} and {@code common}.
 */
package io.ternmq.broker;
