/**
 * Questions about what the store holds: messages by key or id, the ends of queues, places by
 * time, and how far groups have come. Owns no state.
 * May import the storage contract, floor 1, {@code remoting} and {@code common}. Start at
 * {@link io.ternmq.broker.query.QueueOffsetsProcessor}.
 */
package io.ternmq.broker.query;
