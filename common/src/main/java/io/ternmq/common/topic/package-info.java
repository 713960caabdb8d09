/**
 * Topics and groups by name and rule: what a name may look like, which names the system keeps for itself, which names
 * follow from others, and how a topic is configured. Owns no state. May import {@code common.message}. Start at
 * {@link io.ternmq.common.topic.TopicNames}.
 */
package io.ternmq.common.topic;
