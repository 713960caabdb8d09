/**
 * Fetching the messages of one queue, one pull after another, and holding them until they are done with. Owns the held
 * messages of each queue, its limits, and what is subscribed. May import {@code consumer.offset}, {@code client.route},
 * {@code session}, {@code gateway}, remoting and common. Start at {@link io.ternmq.client.consumer.pulling.QueuePuller}.
 */
package io.ternmq.client.consumer.pulling;
