/**
 * How far a group is: what brokers know, what they are yet to be told, and where to begin. Owns what is not confirmed
 * yet. May import {@code client.route}, {@code gateway}, remoting and common. Start at
 * {@link io.ternmq.client.consumer.offset.GroupOffsets}.
 */
package io.ternmq.client.consumer.offset;
