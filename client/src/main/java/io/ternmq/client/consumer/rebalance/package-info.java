/**
 * Which member of a group has which queues: who is there is asked of a broker, the sharing is computed alike by all. Owns
 * the queues assigned to this member, and the strategies that applications choose from. May import {@code
 * consumer.pulling}, {@code consumer.offset}, {@code client.route}, {@code session}, {@code gateway}, remoting and common.
 * Start at {@link io.ternmq.client.consumer.rebalance.Rebalance}.
 */
package io.ternmq.client.consumer.rebalance;
