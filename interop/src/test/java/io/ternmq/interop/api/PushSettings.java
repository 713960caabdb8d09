package io.ternmq.interop.api;

import java.util.Map;

/**
 * How a push consumer of a cluster is set up.
 *
 * @param nameServers such as {@code 127.0.0.1:9876}
 * @param group name of the consumer group
 * @param subscriptions topic to expression of tags
 * @param fromWhere {@code CONSUME_FROM_FIRST_OFFSET} or {@code CONSUME_FROM_LAST_OFFSET}
 */
public record PushSettings(String nameServers, String group, Map<String, String> subscriptions, String fromWhere) {
    public static PushSettings of(String nameServers, String group, String topic, String expression) {
        return new PushSettings(nameServers, group, Map.of(topic, expression), "CONSUME_FROM_FIRST_OFFSET");
    }

    public PushSettings fromLastOffset() {
        return new PushSettings(nameServers, group, subscriptions, "CONSUME_FROM_LAST_OFFSET");
    }
}
