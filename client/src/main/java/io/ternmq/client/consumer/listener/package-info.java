/**
 * What applications implement to receive messages, and what they answer with. Owns nothing. May import common only. Start
 * at {@link io.ternmq.client.consumer.listener.MessageListenerConcurrently}.
 */
package io.ternmq.client.consumer.listener;
