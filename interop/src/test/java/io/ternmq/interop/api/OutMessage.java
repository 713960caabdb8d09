package io.ternmq.interop.api;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A message to be sent.
 *
 * @param topic name of the topic
 * @param tags one tag; empty: none
 * @param keys keys parted by blanks; empty: none
 * @param properties the user's own properties
 * @param delayLevel 0: none
 * @param body the bytes as the user gives them, before any compression
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes go through untouched; nothing compares these records.
public record OutMessage(
        String topic, String tags, String keys, Map<String, String> properties, int delayLevel, byte[] body) {
    public static OutMessage of(String topic, byte[] body) {
        return new OutMessage(topic, "", "", Map.of(), 0, body);
    }

    public static OutMessage of(String topic, String text) {
        return of(topic, text.getBytes(StandardCharsets.UTF_8));
    }

    public OutMessage withTags(String newTags) {
        return new OutMessage(topic, newTags, keys, properties, delayLevel, body);
    }

    public OutMessage withKeys(String newKeys) {
        return new OutMessage(topic, tags, newKeys, properties, delayLevel, body);
    }

    public OutMessage withProperty(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(properties);
        more.put(name, value);
        return new OutMessage(topic, tags, keys, more, delayLevel, body);
    }

    public OutMessage withDelayLevel(int level) {
        return new OutMessage(topic, tags, keys, properties, level, body);
    }
}
