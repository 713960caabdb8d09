/**
 * The asking side of the wire: one connection per address, opened on demand and shared by both directions. Owns those
 * connections. May import {@code remoting.frame}, {@code protocol}, {@code transport}, {@code server} (what servers ask of
 * a client goes through the same router) and {@code common}. Start at
 * {@link io.ternmq.remoting.client.RemotingClient}.
 */
package io.ternmq.remoting.client;
