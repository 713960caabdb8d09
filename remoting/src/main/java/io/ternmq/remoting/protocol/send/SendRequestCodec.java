package io.ternmq.remoting.protocol.send;

import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/** Reads and writes {@link SendRequest} in one spelling of its header. Stateless. */
final class SendRequestCodec implements PayloadCodec<SendRequest> {
    /** Code 10 and 324. */
    static final SendRequestCodec LONG_NAMES = new SendRequestCodec(new Names(
            "producerGroup",
            "topic",
            "defaultTopic",
            "defaultTopicQueueNums",
            "queueId",
            "sysFlag",
            "bornTimestamp",
            "flag",
            "properties",
            "reconsumeTimes",
            "unitMode",
            "maxReconsumeTimes",
            "batch",
            "bname"));

    /** Codes 310, 320 and 325. */
    static final SendRequestCodec LETTERS =
            new SendRequestCodec(new Names("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n"));

    private final Names names;

    private SendRequestCodec(Names names) {
        this.names = names;
    }

    private record Names(
            String producerGroup,
            String topic,
            String defaultTopic,
            String defaultTopicQueues,
            String queueId,
            String sysFlag,
            String bornTimestamp,
            String flag,
            String properties,
            String reconsumeTimes,
            String unitMode,
            String maxReconsumeTimes,
            String batch,
            String brokerName) {}

    @Override
    public Payload encode(SendRequest send) {
        HeaderFields.Builder fields = HeaderFields.builder()
                .put(names.producerGroup, send.producerGroup())
                .put(names.topic, send.topic())
                .put(names.defaultTopic, send.defaultTopic())
                .put(names.defaultTopicQueues, send.defaultTopicQueues())
                .put(names.queueId, send.queueId())
                .put(names.sysFlag, send.sysFlag())
                .put(names.bornTimestamp, send.bornMillis())
                .put(names.flag, send.flag())
                .put(names.properties, send.properties())
                .put(names.reconsumeTimes, send.reconsumeTimes())
                .put(names.unitMode, send.isUnit());
        if (send.reconsumeTimesMax().isPresent()) {
            fields.put(names.maxReconsumeTimes, send.reconsumeTimesMax().getAsInt());
        }
        fields.put(names.batch, send.isBatch()).put(names.brokerName, send.brokerName());
        return new Payload(fields.build(), Body.of(send.body()));
    }

    @Override
    public SendRequest decode(HeaderFields fields, ByteBuffer body) {
        return new SendRequest(
                fields.text(names.producerGroup),
                fields.text(names.topic),
                fields.text(names.defaultTopic),
                fields.int32(names.defaultTopicQueues),
                fields.int32(names.queueId),
                fields.int32(names.sysFlag),
                fields.int64(names.bornTimestamp),
                fields.int32(names.flag),
                fields.text(names.properties, ""),
                fields.int32(names.reconsumeTimes, 0),
                fields.flag(names.unitMode, false),
                fields.contains(names.maxReconsumeTimes)
                        ? OptionalInt.of(fields.int32(names.maxReconsumeTimes))
                        : OptionalInt.empty(),
                fields.flag(names.batch, false),
                fields.findText(names.brokerName),
                body);
    }
}
