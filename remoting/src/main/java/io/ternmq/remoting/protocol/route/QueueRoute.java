package io.ternmq.remoting.protocol.route;

import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;

/**
 * The queues of a topic on the brokers of one name.
 *
 * @param brokerName the brokers
 * @param readQueues how many queues may be read
 * @param writeQueues how many queues may be written
 * @param permission bits of {@link io.ternmq.common.topic.Permission}
 * @param sysFlag see {@link io.ternmq.common.topic.TopicConfig}
 */
public record QueueRoute(String brokerName, int readQueues, int writeQueues, int permission, int sysFlag) {

    public QueueRoute withPermission(int other) {
        return new QueueRoute(brokerName, readQueues, writeQueues, other, sysFlag);
    }

    void write(JsonWriter json) {
        json.beginObject()
                .member("brokerName", brokerName)
                .member("perm", permission)
                .member("readQueueNums", readQueues)
                .member("topicSysFlag", sysFlag)
                .member("writeQueueNums", writeQueues)
                .endObject();
    }

    static QueueRoute read(JsonObject object) {
        return new QueueRoute(
                object.text("brokerName"),
                object.int32("readQueueNums", 0),
                object.int32("writeQueueNums", 0),
                object.int32("perm", 0),
                // Name servers up to 4.7 misspell the member.
                object.int32("topicSysFlag", object.int32("topicSynFlag", 0)));
    }
}
