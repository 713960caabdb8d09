package io.ternmq.remoting.protocol.body;

import io.ternmq.common.json.JsonException;
import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.common.topic.Permission;
import io.ternmq.common.topic.TagMode;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.frame.ProtocolException;
import java.util.Map;

/** A topic's configuration as a JSON object and as the one line that compressed registrations hold. Stateless. */
public final class TopicConfigJson {
    private static final int LINE_FIELDS_MIN = 5;
    private static final int LINE_FIELDS_MAX = 6;

    private TopicConfigJson() {}

    public static void write(JsonWriter json, TopicConfig config) {
        json.beginObject();
        writeMembers(json, config);
        json.endObject();
    }

    /** The members alone, for bodies that hold more. */
    public static void writeMembers(JsonWriter json, TopicConfig config) {
        json.name("attributes");
        TextTable.writeTexts(json, config.attributes());
        json.member("order", config.isOrdered())
                .member("perm", config.permission())
                .member("readQueueNums", config.readQueues())
                .member("topicFilterType", config.tagMode())
                .member("topicName", config.name())
                .member("topicSysFlag", config.sysFlag())
                .member("writeQueueNums", config.writeQueues());
    }

    /** Reads a configuration; members that are absent have the protocol's defaults, but the name must be there. */
    public static TopicConfig read(JsonObject object) {
        return new TopicConfig(
                object.text("topicName"),
                object.int32("readQueueNums", TopicConfig.DEFAULT_QUEUES),
                object.int32("writeQueueNums", TopicConfig.DEFAULT_QUEUES),
                object.int32("perm", Permission.READ_WRITE),
                JsonBody.constant(object, "topicFilterType", TagMode.SINGLE_TAG),
                object.int32("topicSysFlag", 0),
                object.flag("order", false),
                TextTable.readTexts(object.object("attributes")));
    }

    /** The line, {@code name readQueues writeQueues permission tagMode attributes}; it leaves out flag and order. */
    public static String toLine(TopicConfig config) {
        JsonWriter attributes = JsonWriter.compact();
        TextTable.writeTexts(attributes, config.attributes());
        return config.name()
                + ' '
                + config.readQueues()
                + ' '
                + config.writeQueues()
                + ' '
                + config.permission()
                + ' '
                + config.tagMode()
                + ' '
                + attributes;
    }

    /**
     * Reads such a line; old writers leave the attributes out.
     *
     * @throws ProtocolException if it is not one
     */
    public static TopicConfig fromLine(String line) {
        String[] fields = line.split(" ", LINE_FIELDS_MAX);
        if (fields.length < LINE_FIELDS_MIN) {
            throw new ProtocolException("Topic line has " + fields.length + " fields: expected " + LINE_FIELDS_MIN
                    + " or " + LINE_FIELDS_MAX);
        }
        try {
            return new TopicConfig(
                    fields[0],
                    Integer.parseInt(fields[1]),
                    Integer.parseInt(fields[2]),
                    Integer.parseInt(fields[3]),
                    TagMode.valueOf(fields[4]),
                    0,
                    false,
                    attributes(fields));
        } catch (IllegalArgumentException | JsonException e) {
            throw new ProtocolException("Topic line of " + fields[0] + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> attributes(String[] fields) {
        boolean isThere = fields.length == LINE_FIELDS_MAX && !fields[LINE_FIELDS_MAX - 1].isBlank();
        return isThere ? TextTable.readTexts(JsonObject.parse(fields[LINE_FIELDS_MAX - 1])) : Map.of();
    }
}
