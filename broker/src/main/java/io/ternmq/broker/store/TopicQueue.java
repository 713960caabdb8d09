package io.ternmq.broker.store;

/**
 * Names one queue of a topic in this store.
 *
 * @param queueId 0 or more
 */
public record TopicQueue(String topic, int queueId) {}
