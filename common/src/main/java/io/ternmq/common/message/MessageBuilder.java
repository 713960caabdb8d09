package io.ternmq.common.message;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects what a message is to be like, and checks that it fits together. Made by {@link Message#builder}; used by one
 * thread, any number of times.
 */
public final class MessageBuilder {
    private final String topic;
    private final Map<String, String> userProperties = new LinkedHashMap<>();
    private byte[] body = {};
    private String tags = "";
    private List<String> keys = List.of();
    private int flag;
    private boolean waitsForStore = true;
    private String shardingKey = "";
    private String delayProperty = "";
    private String delayValue = "";

    MessageBuilder(String topic) {
        this.topic = topic;
    }

    /** The content; not copied. */
    public MessageBuilder body(byte[] bytes) {
        this.body = bytes;
        return this;
    }

    /** The content as UTF-8. */
    public MessageBuilder body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One tag that consumers can filter by. */
    public MessageBuilder tag(String tag) {
        this.tags = tag;
        return this;
    }

    /** What the message can be looked up by; none with a blank in it. */
    public MessageBuilder keys(String... indexKeys) {
        this.keys = List.of(indexKeys);
        return this;
    }

    /** A property of the application's own; checked when the message is built. */
    public MessageBuilder property(String name, String value) {
        userProperties.put(name, value);
        return this;
    }

    /** Any number of the application's own. */
    public MessageBuilder flag(int number) {
        this.flag = number;
        return this;
    }

    /** What messages have in common that are to keep their order. */
    public MessageBuilder shardingKey(String key) {
        this.shardingKey = key;
        return this;
    }

    /** False to be answered before the broker's disk and replicas have the message. */
    public MessageBuilder waitForStore(boolean waits) {
        this.waitsForStore = waits;
        return this;
    }

    /** Has the broker deliver after the level's delay. Of several kinds of delay the last one counts. */
    public MessageBuilder delayLevel(int level) {
        return delay(MessageProperties.DELAY, level);
    }

    /** Has the broker deliver so much later. */
    public MessageBuilder delay(Duration delay) {
        return delay(MessageProperties.TIMER_DELAY_MILLIS, delay.toMillis());
    }

    /** Has the broker deliver at a wall time. */
    public MessageBuilder deliverAt(Instant time) {
        return delay(MessageProperties.TIMER_DELIVER_MILLIS, time.toEpochMilli());
    }

    /**
     * A new message.
     *
     * @throws IllegalArgumentException if there is no topic, a key is blank or has a blank in it, or a property is not
     *     allowed
     */
    public Message build() {
        if (topic == null || topic.isBlank()) {
            throw new IllegalArgumentException("A message needs a topic: found " + topic);
        }
        for (String key : keys) {
            if (key.isBlank() || key.contains(MessageProperties.KEY_SEPARATOR)) {
                throw new IllegalArgumentException(
                        "A key must have no blank in it, for blanks part keys: found " + key);
            }
        }
        String joined = String.join(MessageProperties.KEY_SEPARATOR, keys);
        Message message = new Message(topic, tags, joined, flag, body, waitsForStore);
        putUnlessEmpty(message, MessageProperties.SHARDING_KEY, shardingKey);
        putUnlessEmpty(message, delayProperty, delayValue);
        userProperties.forEach(message::putUserProperty);
        return message;
    }

    private MessageBuilder delay(String property, long value) {
        this.delayProperty = property;
        this.delayValue = Long.toString(value);
        return this;
    }

    private static void putUnlessEmpty(Message message, String name, String value) {
        if (!value.isEmpty()) {
            message.putProperty(name, value);
        }
    }
}
