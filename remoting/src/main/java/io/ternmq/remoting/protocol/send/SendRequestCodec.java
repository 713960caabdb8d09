package io.ternmq.remoting.protocol.send;

import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads and writes {@link SendRequest} in one spelling of its header. Stateless. */
final class SendRequestCodec implements PayloadCodec<SendRequest> {
    private static final int PRODUCER_GROUP = 0;
    private static final int TOPIC = 1;
    private static final int DEFAULT_TOPIC = 2;
    private static final int DEFAULT_TOPIC_QUEUES = 3;
    private static final int QUEUE_ID = 4;
    private static final int SYS_FLAG = 5;
    private static final int BORN_MILLIS = 6;
    private static final int FLAG = 7;
    private static final int PROPERTIES = 8;
    private static final int RECONSUME_TIMES = 9;
    private static final int UNIT_MODE = 10;
    private static final int RECONSUME_TIMES_MAX = 11;
    private static final int BATCH = 12;
    private static final int BROKER_NAME = 13;

    /** Codes 10 and 324. */
    static final SendRequestCodec LONG_NAMES = new SendRequestCodec(
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
            "bname");

    /** Codes 310, 320 and 325: the letters from a on, in the order of the fields. */
    static final SendRequestCodec LETTERS =
            new SendRequestCodec("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n");

    private final String[] names; // in the order of the constants above, which is that of the wire

    private SendRequestCodec(String... names) {
        this.names = names;
    }

    @Override
    public Payload encode(SendRequest send) {
        HeaderFields.Builder fields = HeaderFields.builder()
                .put(names[PRODUCER_GROUP], send.producerGroup())
                .put(names[TOPIC], send.topic())
                .put(names[DEFAULT_TOPIC], send.defaultTopic())
                .put(names[DEFAULT_TOPIC_QUEUES], send.defaultTopicQueues())
                .put(names[QUEUE_ID], send.queueId())
                .put(names[SYS_FLAG], send.sysFlag())
                .put(names[BORN_MILLIS], send.bornMillis())
                .put(names[FLAG], send.flag())
                .put(names[PROPERTIES], send.properties())
                .put(names[RECONSUME_TIMES], send.reconsumeTimes())
                .put(names[UNIT_MODE], send.isUnit());
        if (send.reconsumeTimesMax().isPresent()) {
            fields.put(names[RECONSUME_TIMES_MAX], send.reconsumeTimesMax().getAsInt());
        }
        fields.put(names[BATCH], send.isBatch()).put(names[BROKER_NAME], send.brokerName());
        return new Payload(fields.build(), Body.of(send.body()));
    }

    @Override
    public SendRequest decode(HeaderFields fields, ByteBuffer body) {
        String[] values = valuesOf(fields);
        return new SendRequest(
                text(values, PRODUCER_GROUP),
                text(values, TOPIC),
                text(values, DEFAULT_TOPIC),
                int32(values, DEFAULT_TOPIC_QUEUES),
                int32(values, QUEUE_ID),
                int32(values, SYS_FLAG),
                HeaderFields.parseLong(names[BORN_MILLIS], text(values, BORN_MILLIS)),
                int32(values, FLAG),
                values[PROPERTIES] == null ? "" : values[PROPERTIES],
                values[RECONSUME_TIMES] == null ? 0 : int32(values, RECONSUME_TIMES),
                Boolean.parseBoolean(values[UNIT_MODE]),
                values[RECONSUME_TIMES_MAX] == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(int32(values, RECONSUME_TIMES_MAX)),
                Boolean.parseBoolean(values[BATCH]),
                Optional.ofNullable(values[BROKER_NAME]),
                body);
    }

    // In one pass over the fields, as there are nearly as many as are looked for. Of two of one name the later counts.
    private String[] valuesOf(HeaderFields fields) {
        String[] values = new String[names.length];
        for (int index = 0; index < fields.count(); index++) {
            int field = fieldOf(fields.name(index));
            if (field >= 0) {
                values[field] = fields.value(index);
            }
        }
        return values;
    }

    private int fieldOf(String name) {
        if (this == LETTERS) {
            int letter = name.length() == 1 ? name.charAt(0) - 'a' : -1;
            return letter < names.length ? letter : -1;
        }
        for (int field = 0; field < names.length; field++) {
            if (names[field].equals(name)) {
                return field;
            }
        }
        return -1;
    }

    private String text(String[] values, int field) {
        return HeaderFields.required(names[field], values[field]);
    }

    private int int32(String[] values, int field) {
        return HeaderFields.parseInt(names[field], text(values, field));
    }
}
