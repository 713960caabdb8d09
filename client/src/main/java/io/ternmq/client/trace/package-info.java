/**
 * What became of each message, told to whoever asks operators' tools for it: records of sends and of listener calls, in
 * messages to a topic of their own. Owns the records that wait, and what was given up of them. May import {@code client},
 * {@code client.exception}, {@code hook}, {@code route}, {@code session}, {@code gateway}, remoting and common. Start at
 * {@link io.ternmq.client.trace.MessageTrace}.
 */
package io.ternmq.client.trace;
