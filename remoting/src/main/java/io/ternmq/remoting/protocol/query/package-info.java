/**
 * Requests that find messages by key or by id. Owns no state. May import {@code remoting.protocol},
 * {@code remoting.frame} and {@code common}, no other area. Start at
 * {@link io.ternmq.remoting.protocol.query.QueryRpcs}.
 */
package io.ternmq.remoting.protocol.query;
