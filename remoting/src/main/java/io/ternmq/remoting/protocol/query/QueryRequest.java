package io.ternmq.remoting.protocol.query;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/**
 * Asks for messages by key; code 12.
 *
 * @param topic the topic
 * @param key one of the words of a message's keys, or its unique key
 * @param messagesMax at most so many
 * @param fromMillis stored at or after this wall time of the broker
 * @param toMillis stored at or before this one
 * @param isUniqueKey whether the key is a unique key; the broker then has a limit of its own
 */
public record QueryRequest(
        String topic, String key, int messagesMax, long fromMillis, long toMillis, boolean isUniqueKey) {
    static final PayloadCodec<QueryRequest> CODEC = PayloadCodec.header(QueryRequest::encode, QueryRequest::decode);

    private static final String UNIQUE = "_UNIQUE_KEY_QUERY";

    private HeaderFields encode() {
        return HeaderFields.builder()
                .put("topic", topic)
                .put("key", key)
                .put("maxNum", messagesMax)
                .put("beginTimestamp", fromMillis)
                .put("endTimestamp", toMillis)
                .put(UNIQUE, isUniqueKey)
                .build();
    }

    private static QueryRequest decode(HeaderFields fields) {
        return new QueryRequest(
                fields.text("topic"),
                fields.text("key"),
                fields.int32("maxNum"),
                fields.int64("beginTimestamp"),
                fields.int64("endTimestamp"),
                fields.flag(UNIQUE, false));
    }
}
