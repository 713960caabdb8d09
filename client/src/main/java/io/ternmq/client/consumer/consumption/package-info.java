/**
 * Handing messages to the listener, and what follows: progress for those consumed, a later delivery for those that were
 * not. Owns the threads that the listener runs on. May import {@code consumer.listener}, {@code consumer.pulling}, {@code
 * consumer.offset}, {@code client.route}, {@code gateway}, {@code hook}, remoting and common. Start at
 * {@link io.ternmq.client.consumer.consumption.Consumption}.
 */
package io.ternmq.client.consumer.consumption;
