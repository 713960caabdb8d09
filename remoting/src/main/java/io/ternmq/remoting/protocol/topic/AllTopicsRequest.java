package io.ternmq.remoting.protocol.topic;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.DataVersion;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Asks for all topics of a broker, or from newer peers for a page of them; code 21. A server may answer with all.
 *
 * @param first index of the first topic wanted, in the order of names
 * @param topicsMax at most so many
 * @param version the table that earlier pages came from
 */
public record AllTopicsRequest(OptionalInt first, OptionalInt topicsMax, Optional<DataVersion> version) {
    static final PayloadCodec<AllTopicsRequest> CODEC =
            PayloadCodec.header(AllTopicsRequest::encode, AllTopicsRequest::decode);

    private static final String FIRST = "topicSeq";
    private static final String TOPICS_MAX = "maxTopicNum";

    /** All of them at once. */
    public static AllTopicsRequest everything() {
        return new AllTopicsRequest(OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
    }

    private HeaderFields encode() {
        HeaderFields.Builder fields = HeaderFields.builder().put("dataVersion", version.map(DataVersion::toJson));
        if (first.isPresent()) {
            fields.put(FIRST, first.getAsInt());
        }
        if (topicsMax.isPresent()) {
            fields.put(TOPICS_MAX, topicsMax.getAsInt());
        }
        return fields.build();
    }

    private static AllTopicsRequest decode(HeaderFields fields) {
        return new AllTopicsRequest(
                fields.contains(FIRST) ? OptionalInt.of(fields.int32(FIRST)) : OptionalInt.empty(),
                fields.contains(TOPICS_MAX) ? OptionalInt.of(fields.int32(TOPICS_MAX)) : OptionalInt.empty(),
                fields.findText("dataVersion").map(DataVersion::parse));
    }
}
