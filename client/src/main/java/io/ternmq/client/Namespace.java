package io.ternmq.client;

import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.topic.GroupNames;
import io.ternmq.common.topic.TopicNames;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A prefix that keeps the topics and groups of one tenant apart from those of others on the same brokers. Brokers know
 * nothing of it: {@code orders} in namespace {@code shop} is topic {@code shop%orders} to them. Immutable.
 *
 * @param name the prefix without the sign that ends it; empty for none
 */
public record Namespace(String name) {
    public static final Namespace NONE = new Namespace("");

    private static final char END = '%';

    /** The topic as brokers know it. System topics and names that have the prefix stay as they are. */
    public String topic(String topic) {
        return TopicNames.isSystem(topic) ? topic : wrapped(topic);
    }

    /** The group as brokers know it, under the same rule. */
    public String group(String group) {
        return GroupNames.isSystem(group) ? group : wrapped(group);
    }

    /** The topic as the application knows it. */
    public String plain(String topic) {
        String derived = derivedPrefix(topic);
        String rest = topic.substring(derived.length());
        return isInside(rest) ? derived + rest.substring(name.length() + 1) : topic;
    }

    /** The queue as brokers know it. */
    public MessageQueue queue(MessageQueue queue) {
        return named(queue, topic(queue.getTopic()));
    }

    /** The queues as brokers know them, in the order given. */
    public Set<MessageQueue> queues(Collection<MessageQueue> queues) {
        Set<MessageQueue> full = new LinkedHashSet<>();
        queues.forEach(queue -> full.add(queue(queue)));
        return full;
    }

    /** The queue as the application knows it. */
    public MessageQueue plain(MessageQueue queue) {
        return named(queue, plain(queue.getTopic()));
    }

    /** The queues as the application knows them, in the order given. */
    public Set<MessageQueue> plain(Collection<MessageQueue> queues) {
        Set<MessageQueue> plain = new LinkedHashSet<>();
        queues.forEach(queue -> plain.add(plain(queue)));
        return plain;
    }

    private static MessageQueue named(MessageQueue queue, String topic) {
        return topic.equals(queue.getTopic())
                ? queue
                : new MessageQueue(topic, queue.getBrokerName(), queue.getQueueId());
    }

    private String wrapped(String full) {
        String derived = derivedPrefix(full);
        String rest = full.substring(derived.length());
        return name.isEmpty() || isInside(rest) ? full : derived + name + END + rest;
    }

    private boolean isInside(String text) {
        return !name.isEmpty()
                && text.startsWith(name)
                && text.length() > name.length() + 1
                && text.charAt(name.length()) == END;
    }

    // Topics of retries and dead letters name their group, and it is the group that is prefixed.
    private static String derivedPrefix(String topic) {
        if (topic.startsWith(TopicNames.RETRY_PREFIX)) {
            return TopicNames.RETRY_PREFIX;
        }
        return topic.startsWith(TopicNames.DEAD_LETTER_PREFIX) ? TopicNames.DEAD_LETTER_PREFIX : "";
    }
}
