package io.ternmq.interop.api;

import java.util.Map;

/**
 * How a push consumer of a cluster is set up.
 *
 * @param nameServers such as {@code 127.0.0.1:9876}
 * @param group name of the consumer group
 * @param subscriptions topic to expression of tags, or to a condition on properties behind {@link #SQL}
 * @param fromWhere {@code CONSUME_FROM_FIRST_OFFSET} or {@code CONSUME_FROM_LAST_OFFSET}
 * @param isOrdered whether the listener gets the messages of each queue in order
 * @param batchMax messages for one call of the listener
 * @param maxReconsumeTimes deliveries after the first; -1 for the library's default
 * @param isTraced whether a trace of each message is kept
 */
public record PushSettings(
        String nameServers,
        String group,
        Map<String, String> subscriptions,
        String fromWhere,
        boolean isOrdered,
        int batchMax,
        int maxReconsumeTimes,
        boolean isTraced) {
    /** Stands before an expression that is a condition on properties. */
    public static final String SQL = "sql: ";

    public PushSettings(String nameServers, String group, Map<String, String> subscriptions, String fromWhere) {
        this(nameServers, group, subscriptions, fromWhere, false, 1, -1, false);
    }

    public static PushSettings of(String nameServers, String group, String topic, String expression) {
        return new PushSettings(nameServers, group, Map.of(topic, expression), "CONSUME_FROM_FIRST_OFFSET");
    }

    public PushSettings fromLastOffset() {
        return new PushSettings(nameServers, group, subscriptions, "CONSUME_FROM_LAST_OFFSET");
    }

    /** In order, each message delivered again so many times at most. */
    public PushSettings ordered(int maxTimes) {
        return new PushSettings(nameServers, group, subscriptions, fromWhere, true, batchMax, maxTimes, isTraced);
    }

    public PushSettings inBatches(int most) {
        return new PushSettings(
                nameServers, group, subscriptions, fromWhere, isOrdered, most, maxReconsumeTimes, isTraced);
    }

    public PushSettings traced() {
        return new PushSettings(
                nameServers, group, subscriptions, fromWhere, isOrdered, batchMax, maxReconsumeTimes, true);
    }
}
