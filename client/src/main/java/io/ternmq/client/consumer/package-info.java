/**
 * Receiving: the doors that applications use, their settings, and how a consumer is put together from the rooms below:
 * {@code rebalance} (which queues), {@code pulling} (their messages), {@code consumption} (the listener), {@code offset}
 * (how far). Owns the running consumers. May import these, {@code client.exception}, {@code route}, {@code session},
 * {@code gateway}, {@code hook}, {@code trace}, remoting and common. Start at
 * {@link io.ternmq.client.consumer.DefaultMQPushConsumer} for use and at {@code PushConsumer} for how it is put together.
 */
package io.ternmq.client.consumer;
