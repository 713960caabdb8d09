package io.ternmq.remoting.protocol.session;

import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.JsonBody;
import io.ternmq.remoting.protocol.body.MessageQueueJson;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import io.ternmq.remoting.protocol.body.TextTable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a consumer is doing; answers code 307.
 *
 * @param properties the client's settings, by the names that tools know ({@code PROP_...})
 * @param subscriptions what it reads
 * @param queues the queues it has
 * @param paces by topic
 * @param userTexts what the application adds
 * @param threads dump of the client's threads, if asked for
 */
public record RunningInfo(
        Map<String, String> properties,
        List<SubscriptionData> subscriptions,
        Map<MessageQueue, QueueProgress> queues,
        Map<String, ConsumePace> paces,
        Map<String, String> userTexts,
        Optional<String> threads) {
    static final PayloadCodec<RunningInfo> CODEC = JsonBody.codec((json, info) -> info.write(json), RunningInfo::read);

    private void write(JsonWriter json) {
        json.beginObject()
                .member("jstack", threads)
                .name("mqPopTable")
                .beginObject()
                .endObject()
                .name("mqTable");
        MessageQueueJson.writeTable(json, queues, (writer, progress) -> progress.write(writer));
        json.name("properties");
        TextTable.writeTexts(json, properties);
        json.name("statusTable").beginObject();
        paces.forEach((topic, pace) -> {
            json.name(topic);
            pace.write(json);
        });
        json.endObject().name("subscriptionSet").beginArray();
        subscriptions.forEach(subscription -> subscription.write(json));
        json.endArray().name("userConsumerInfo");
        TextTable.writeTexts(json, userTexts);
        json.endObject();
    }

    private static RunningInfo read(JsonObject object) {
        Map<String, ConsumePace> paces = new LinkedHashMap<>();
        object.object("statusTable")
                .members()
                .forEach(member ->
                        paces.put(member.name(), ConsumePace.read(member.value().asObject())));
        return new RunningInfo(
                TextTable.readTexts(object.object("properties")),
                object.array("subscriptionSet").map(value -> SubscriptionData.read(value.asObject())),
                MessageQueueJson.readTable(
                        object.object("mqTable"),
                        member -> QueueProgress.read(member.value().asObject())),
                Collections.unmodifiableMap(paces),
                TextTable.readTexts(object.object("userConsumerInfo")),
                object.findText("jstack"));
    }
}
