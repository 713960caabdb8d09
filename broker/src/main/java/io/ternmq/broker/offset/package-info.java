/**
 * How far each consumer group has come in each queue. Owns the committed offsets and their file. May import
 * {@code remoting} and {@code common}. Start at {@link io.ternmq.broker.offset.ConsumerOffsets}.
 */
package io.ternmq.broker.offset;
