package io.ternmq.common.topic;

import java.util.Map;
import java.util.Objects;

/**
 * How a topic is laid out on one broker. Immutable. Holds whatever a peer may send; {@link TopicNames} and
 * {@link Permission} judge it.
 *
 * @param name the topic
 * @param readQueues how many queues may be read, ids from 0
 * @param writeQueues how many queues may be written, ids from 0
 * @param permission bits of {@link Permission}
 * @param tagMode how tags are read
 * @param sysFlag bit 0: belongs to a unit; bit 1: has subscriptions of units
 * @param isOrdered whether its queues must not move between brokers
 * @param attributes further settings by name, such as {@code message.type}; stored without their sign
 */
public record TopicConfig(
        String name,
        int readQueues,
        int writeQueues,
        int permission,
        TagMode tagMode,
        int sysFlag,
        boolean isOrdered,
        Map<String, String> attributes) {
    /** Queues of a topic for which nobody says how many: the protocol's default. */
    public static final int DEFAULT_QUEUES = 16;

    private static final int UNIT = 0x1;
    private static final int UNIT_SUBSCRIPTION = 0x2;

    public TopicConfig {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(tagMode, "tagMode");
        attributes = Map.copyOf(attributes);
    }

    /** A topic for reading and writing, the same number of queues for both, nothing special about it. */
    public static TopicConfig of(String name, int queues) {
        return of(name, queues, Permission.READ_WRITE);
    }

    public static TopicConfig of(String name, int queues, int permission) {
        return new TopicConfig(name, queues, queues, permission, TagMode.SINGLE_TAG, 0, false, Map.of());
    }

    public TopicConfig withPermission(int other) {
        return new TopicConfig(name, readQueues, writeQueues, other, tagMode, sysFlag, isOrdered, attributes);
    }

    public TopicConfig withQueues(int read, int write) {
        return new TopicConfig(name, read, write, permission, tagMode, sysFlag, isOrdered, attributes);
    }

    public TopicConfig withAttributes(Map<String, String> others) {
        return new TopicConfig(name, readQueues, writeQueues, permission, tagMode, sysFlag, isOrdered, others);
    }

    public boolean isUnit() {
        return isUnit(sysFlag);
    }

    public boolean hasUnitSubscription() {
        return hasUnitSubscription(sysFlag);
    }

    public static boolean isUnit(int sysFlag) {
        return (sysFlag & UNIT) != 0;
    }

    public static boolean hasUnitSubscription(int sysFlag) {
        return (sysFlag & UNIT_SUBSCRIPTION) != 0;
    }
}
