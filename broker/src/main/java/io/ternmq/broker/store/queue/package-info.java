/**
 * Consume queues: for each topic and queue id, where in the log its messages lie. Owns the queue files. May import
 * {@code broker.store}, {@code store.file} and {@code common}. Start at
 * {@link io.ternmq.broker.store.queue.ConsumeQueues}.
 */
package io.ternmq.broker.store.queue;
