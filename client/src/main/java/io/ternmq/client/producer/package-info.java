/**
 * Sending: choose a queue, try, try elsewhere, say what happened. Owns the sends under way of each producer. May import
 * {@code client.exception}, {@code route}, {@code session}, {@code gateway}, {@code hook}, {@code trace}, remoting and
 * common. Start at
 * {@link io.ternmq.client.producer.DefaultMQProducer} for use and at {@code SendCall} for the order of steps.
 */
package io.ternmq.client.producer;
