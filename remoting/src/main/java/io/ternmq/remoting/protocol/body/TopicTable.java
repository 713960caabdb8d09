package io.ternmq.remoting.protocol.body;

import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.common.topic.TopicConfig;
import java.util.List;

/**
 * All topics of a broker, or some, with the version of the whole table. Registrations, exports and a broker's own file
 * hold it in this form.
 *
 * @param version of the whole table
 * @param topics each name once
 */
public record TopicTable(DataVersion version, List<TopicConfig> topics) {

    public TopicTable {
        topics = List.copyOf(topics);
    }

    /** The form of 5.x, with the tables of mapped queues, which are always empty here. */
    public void write(JsonWriter json) {
        json.beginObject().name("dataVersion");
        version.write(json);
        json.name("mappingDataVersion");
        DataVersion.initial(version.timestampMillis()).write(json);
        writeTopics(json);
        json.name("topicQueueMappingDetailMap").beginObject().endObject();
        json.name("topicQueueMappingInfoMap").beginObject().endObject();
        json.endObject();
    }

    /** The form of 4.x and of files. */
    public void writePlain(JsonWriter json) {
        json.beginObject().name("dataVersion");
        version.write(json);
        writeTopics(json);
        json.endObject();
    }

    /** Reads both forms; absent members are an empty table and version 0. */
    public static TopicTable read(JsonObject object) {
        return new TopicTable(
                DataVersion.read(object.object("dataVersion")),
                object.object("topicConfigTable").members().stream()
                        .map(member -> TopicConfigJson.read(member.value().asObject()))
                        .toList());
    }

    private void writeTopics(JsonWriter json) {
        json.name("topicConfigTable").beginObject();
        for (TopicConfig topic : topics) {
            json.name(topic.name());
            TopicConfigJson.write(json, topic);
        }
        json.endObject();
    }
}
