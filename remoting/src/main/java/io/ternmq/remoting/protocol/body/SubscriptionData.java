package io.ternmq.remoting.protocol.body;

import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonValue;
import io.ternmq.common.json.JsonWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a group wants to read of a topic. Immutable.
 *
 * @param topic the topic
 * @param expression {@code *}, tags joined by {@code ||}, or SQL
 * @param version when the expression was set, wall milliseconds of the client; the newer one counts
 * @param expressionType {@link #TAG}, {@code SQL92} or whatever the client knows
 * @param tags of a tag expression; empty for all
 * @param tagCodes {@link String#hashCode()} of each tag, which is what consume queues hold
 * @param isClassFilter whether the expression names a class; a removed feature
 */
public record SubscriptionData(
        String topic,
        String expression,
        long version,
        String expressionType,
        Set<String> tags,
        Set<Integer> tagCodes,
        boolean isClassFilter) {
    public static final String ALL = "*";
    public static final String TAG = "TAG";
    public static final String SQL92 = "SQL92";

    private static final String TAG_SEPARATOR_REGEX = "\\|\\|";

    public SubscriptionData {
        tags = frozen(tags);
        tagCodes = frozen(tagCodes);
    }

    /** The same subscription as of another time. */
    public SubscriptionData withVersion(long otherVersion) {
        return new SubscriptionData(topic, expression, otherVersion, expressionType, tags, tagCodes, isClassFilter);
    }

    // Keeps the order written. None or one, which most have, take next to no memory: brokers hold a million of them.
    private static <T> Set<T> frozen(Set<T> values) {
        return switch (values.size()) {
            case 0 -> Set.of();
            case 1 -> Set.of(values.iterator().next());
            default -> Collections.unmodifiableSet(new LinkedHashSet<>(values));
        };
    }

    /** A subscription as clients build it: for tags with their codes, else with the expression alone. */
    public static SubscriptionData of(String topic, String expression, String expressionType, long version) {
        if (isTagType(expressionType)) {
            return ofTags(topic, expression, version);
        }
        return new SubscriptionData(topic, expression, version, expressionType, Set.of(), Set.of(), false);
    }

    /**
     * A subscription to tags.
     *
     * @param expression tags joined by {@code ||}; blank or {@code *} for all
     */
    public static SubscriptionData ofTags(String topic, String expression, long version) {
        if (expression.isBlank() || expression.equals(ALL)) {
            return new SubscriptionData(topic, ALL, version, TAG, Set.of(), Set.of(), false);
        }
        List<String> tags = Arrays.stream(expression.split(TAG_SEPARATOR_REGEX))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .toList();
        return new SubscriptionData(
                topic,
                expression,
                version,
                TAG,
                new LinkedHashSet<>(tags),
                tags.stream().map(String::hashCode).collect(Collectors.toCollection(LinkedHashSet::new)),
                false);
    }

    /** Whether the expression is one of tags; no type at all means tags too. */
    public static boolean isTagType(String expressionType) {
        return expressionType.isBlank() || expressionType.equals(TAG);
    }

    public boolean isTagType() {
        return isTagType(expressionType);
    }

    public void write(JsonWriter json) {
        json.beginObject()
                .member("classFilterMode", isClassFilter)
                .name("codeSet")
                .beginArray();
        tagCodes.forEach(json::value);
        json.endArray()
                .member("expressionType", expressionType)
                .member("subString", expression)
                .member("subVersion", version)
                .member("tagsSet", tags)
                .member("topic", topic)
                .endObject();
    }

    public static SubscriptionData read(JsonObject object) {
        return new SubscriptionData(
                object.text("topic"),
                object.text("subString", ALL),
                object.int64("subVersion", 0),
                object.text("expressionType", TAG),
                new LinkedHashSet<>(object.array("tagsSet").map(JsonValue::asText)),
                new LinkedHashSet<>(object.array("codeSet").map(JsonValue::asInt32)),
                object.flag("classFilterMode", false));
    }
}
