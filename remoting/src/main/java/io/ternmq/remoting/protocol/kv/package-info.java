/**
 * Requests of the name server about texts kept by namespace and key. Owns no state. May import
 * {@code remoting.protocol}, {@code remoting.frame} and {@code common}, no other area. Start at
 * {@link io.ternmq.remoting.protocol.kv.KvRpcs}.
 */
package io.ternmq.remoting.protocol.kv;
