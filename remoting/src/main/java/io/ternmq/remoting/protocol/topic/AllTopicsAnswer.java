package io.ternmq.remoting.protocol.topic;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.JsonBody;
import io.ternmq.remoting.protocol.body.TopicTable;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * Topics of a broker; answers code 21.
 *
 * @param table the topics
 * @param total how many there are in all, where the answer is a page of them; absent means these are all
 */
public record AllTopicsAnswer(TopicTable table, OptionalInt total) {
    static final PayloadCodec<AllTopicsAnswer> CODEC =
            PayloadCodec.of(AllTopicsAnswer::encode, AllTopicsAnswer::decode);

    private static final String TOTAL = "totalTopicNum";

    public static AllTopicsAnswer everything(TopicTable table) {
        return new AllTopicsAnswer(table, OptionalInt.empty());
    }

    private Payload encode() {
        HeaderFields.Builder fields = HeaderFields.builder();
        if (total.isPresent()) {
            fields.put(TOTAL, total.getAsInt());
        }
        return JsonBody.payload(fields.build(), table::write);
    }

    private static AllTopicsAnswer decode(HeaderFields fields, ByteBuffer body) {
        return new AllTopicsAnswer(
                JsonBody.read(body, TopicTable::read),
                fields.contains(TOTAL) ? OptionalInt.of(fields.int32(TOTAL)) : OptionalInt.empty());
    }
}
