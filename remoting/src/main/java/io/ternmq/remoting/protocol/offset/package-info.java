/**
 * Requests about places in queues: their ends, places by time, and how far groups have read. Owns no state. May import
 * {@code remoting.protocol}, {@code remoting.frame} and {@code common}, no other area. Start at
 * {@link io.ternmq.remoting.protocol.offset.OffsetRpcs}.
 */
package io.ternmq.remoting.protocol.offset;
