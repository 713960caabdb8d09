/**
 * The topics of this broker. Owns their table, its file, and the commands that change and show it; others hear of
 * changes through {@link io.ternmq.broker.topic.TopicListener}. May import {@code remoting} and {@code common}. Start at
 * {@link io.ternmq.broker.topic.Topics}.
 */
package io.ternmq.broker.topic;
