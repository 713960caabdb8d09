/**
 * Requests by which clients make themselves and their groups known, share queues out, and let operators look at them.
 * Owns no state. May import {@code remoting.protocol}, {@code remoting.frame} and {@code common}, no other area. Start
 * at {@link io.ternmq.remoting.protocol.session.SessionRpcs}.
 */
package io.ternmq.remoting.protocol.session;
