/**
 * Receiving: share queues out among the members of a group, pull, hand to the application, commit. Owns the queues
 * assigned to each consumer and their progress. May import {@code client.exception}, {@code route}, {@code session},
 * {@code gateway}, {@code hook}, remoting and common. Start at
 * {@link io.ternmq.client.consumer.DefaultMQPushConsumer} for use and at {@code PushConsumer} for how it is put together.
 */
package io.ternmq.client.consumer;
