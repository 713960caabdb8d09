package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.AppendOutcome.Refused;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.broker.store.log.Append;
import io.ternmq.broker.store.log.EncoderPool;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.MessageRecordEncoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** Turns drafts into records and keeps the limits of sizes. Stateless; any thread. */
final class DraftEncoder {
    private static final int TOPIC_BYTES_MAX = Short.MAX_VALUE;

    private final InetSocketAddress storeHost;
    private final int bodyBytesMax;
    private final int unitBytesMax;
    private final EncoderPool pool;

    /**
     * @param bodyBytesMax bodies of a unit together
     * @param segmentBytes length of a log file: a unit lies in one
     */
    DraftEncoder(InetSocketAddress storeHost, int bodyBytesMax, int segmentBytes, EncoderPool pool) {
        this.storeHost = storeHost;
        this.bodyBytesMax = bodyBytesMax;
        this.unitBytesMax = segmentBytes - MessageRecord.BLANK_BYTES;
        this.pool = pool;
    }

    /**
     * Encodes a unit.
     *
     * @throws IllegalArgumentException if the drafts are none, or not of one topic and queue
     */
    <T> T encode(List<MessageDraft> unit, boolean waits, Function<Append, T> encoded, Function<Refused, T> refused) {
        if (unit.isEmpty()) {
            throw new IllegalArgumentException("no messages to append");
        }
        MessageRecordEncoder encoder = pool.borrow();
        String refusal = encodeAll(unit, encoder);
        if (refusal != null) {
            pool.giveBack(encoder);
            return refused.apply(new Refused(Refusal.TOO_LARGE, refusal));
        }
        MessageDraft first = unit.get(0);
        return encoded.apply(new Append(first.topic(), first.queueId(), unit.size(), encoder, waits));
    }

    // Returns what is too large; null if nothing is.
    private String encodeAll(List<MessageDraft> unit, MessageRecordEncoder encoder) {
        MessageDraft first = unit.get(0);
        checkName(first);
        long bodies = 0;
        for (int i = 0; i < unit.size(); i++) {
            MessageDraft draft = unit.get(i);
            if (i > 0 && (draft.queueId() != first.queueId() || !draft.topic().equals(first.topic()))) {
                throw new IllegalArgumentException("a unit of " + first.topic() + " queue " + first.queueId()
                        + " holds a message for " + draft.topic() + " queue " + draft.queueId());
            }
            bodies += draft.body().remaining();
            if (bodies > bodyBytesMax) {
                return "message body of " + bodies + " bytes or more: at most " + bodyBytesMax
                        + " are taken (maxMessageSize)";
            }
            int propertiesBytes = encode(draft, encoder);
            if (propertiesBytes > MessageRecord.PROPERTIES_BYTES_MAX) {
                return "message properties of " + propertiesBytes + " bytes: at most "
                        + MessageRecord.PROPERTIES_BYTES_MAX + " are taken";
            }
            if (encoder.length() > unitBytesMax) {
                return "messages of " + encoder.length() + " bytes or more in stored form: at most " + unitBytesMax
                        + " fit a log file";
            }
        }
        return null;
    }

    private int encode(MessageDraft draft, MessageRecordEncoder encoder) {
        return encoder.begin(draft.queueId(), draft.flag(), draft.sysFlag(), draft.bornHost(), storeHost)
                .origin(draft.bornMillis(), draft.reconsumeTimes(), draft.preparedPosition())
                .body(draft.body())
                .end(draft.topic(), draft.properties());
    }

    // Names are checked by those who take requests; here only what would lead out of the store's directory, or
    // could not be stored at all.
    private static void checkName(MessageDraft draft) {
        String topic = draft.topic();
        boolean isPath = topic.isEmpty() || topic.charAt(0) == '.' || hasPathCharacter(topic);
        boolean isLong = topic.length() > MessageRecord.V1_TOPIC_BYTES_MAX
                && topic.getBytes(StandardCharsets.UTF_8).length > TOPIC_BYTES_MAX;
        if (isPath || isLong || draft.queueId() < 0) {
            throw new IllegalArgumentException("no queue can be named by topic '"
                    + topic.substring(0, Math.min(topic.length(), MessageRecord.V1_TOPIC_BYTES_MAX)) + "' and id "
                    + draft.queueId());
        }
    }

    // In one pass: names are short, and searching for each character anew costs more than the look at it.
    private static boolean hasPathCharacter(String topic) {
        for (int i = 0; i < topic.length(); i++) {
            char c = topic.charAt(i);
            if (c == '/' || c == '\\' || c == '\0') {
                return true;
            }
        }
        return false;
    }
}
