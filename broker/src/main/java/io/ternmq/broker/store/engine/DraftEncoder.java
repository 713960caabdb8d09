package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.AppendOutcome.Refused;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.broker.store.log.Append;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.RecordForm;
import io.ternmq.common.message.StoredHost;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * Turns drafts into what their records will hold and keeps the limits of sizes. Owns the stored forms of the host and
 * the topic seen last, since many messages in a row have the same; any thread.
 */
final class DraftEncoder {
    private static final int TOPIC_BYTES_MAX = Short.MAX_VALUE;

    private final StoredHost storeHost;
    private final int bodyBytesMax;
    private final int unitBytesMax;

    // Left by any thread for any other: neither changes, and an older one serves as well or is made anew.
    private StoredHost lastBornHost;
    private Topic lastTopic = new Topic("", new byte[0]);

    @SuppressWarnings("ArrayRecordComponent") // never compared or changed
    private record Topic(String name, byte[] bytes) {}

    /**
     * @param bodyBytesMax bodies of a unit together
     * @param segmentBytes length of a log file: a unit lies in one
     */
    DraftEncoder(InetSocketAddress storeHost, int bodyBytesMax, int segmentBytes) {
        this.storeHost = StoredHost.of(storeHost);
        this.lastBornHost = this.storeHost;
        this.bodyBytesMax = bodyBytesMax;
        this.unitBytesMax = segmentBytes - MessageRecord.BLANK_BYTES;
    }

    /**
     * Takes a unit apart.
     *
     * @throws IllegalArgumentException if the drafts are none, or not of one topic and queue
     */
    <T> T encode(List<MessageDraft> unit, boolean waits, Function<Append, T> encoded, Function<Refused, T> refused) {
        if (unit.isEmpty()) {
            throw new IllegalArgumentException("no messages to append");
        }
        MessageDraft first = unit.get(0);
        byte[] topic = topicOf(first);
        RecordForm[] forms = new RecordForm[unit.size()];
        long bodyBytes = 0;
        long length = 0;
        for (int i = 0; i < forms.length; i++) {
            MessageDraft draft = unit.get(i);
            if (i > 0 && (draft.queueId() != first.queueId() || !draft.topic().equals(first.topic()))) {
                throw new IllegalArgumentException("a unit of " + first.topic() + " queue " + first.queueId()
                        + " holds a message for " + draft.topic() + " queue " + draft.queueId());
            }
            bodyBytes += draft.body().remaining();
            if (bodyBytes > bodyBytesMax) {
                return refused.apply(tooLarge("message body of " + bodyBytes + " bytes or more: at most " + bodyBytesMax
                        + " are taken (maxMessageSize)"));
            }
            forms[i] = formOf(draft, topic);
            int propertiesBytes = forms[i].properties().length;
            if (propertiesBytes > MessageRecord.PROPERTIES_BYTES_MAX) {
                return refused.apply(tooLarge("message properties of " + propertiesBytes + " bytes: at most "
                        + MessageRecord.PROPERTIES_BYTES_MAX + " are taken"));
            }
            length += forms[i].size();
            if (length > unitBytesMax) {
                return refused.apply(tooLarge("messages of " + length + " bytes or more in stored form: at most "
                        + unitBytesMax + " fit a log file"));
            }
        }
        return encoded.apply(new Append(first.topic(), first.queueId(), forms, (int) length, waits));
    }

    private static Refused tooLarge(String what) {
        return new Refused(Refusal.TOO_LARGE, what);
    }

    private RecordForm formOf(MessageDraft draft, byte[] topic) {
        return new RecordForm(
                draft.queueId(),
                draft.flag(),
                draft.sysFlag(),
                draft.bornMillis(),
                bornHostOf(draft),
                storeHost,
                draft.reconsumeTimes(),
                draft.preparedPosition(),
                draft.body(),
                topic,
                draft.properties().getBytes(StandardCharsets.UTF_8));
    }

    private StoredHost bornHostOf(MessageDraft draft) {
        StoredHost last = lastBornHost;
        if (last.isOf(draft.bornHost())) {
            return last;
        }
        StoredHost host = StoredHost.of(draft.bornHost());
        lastBornHost = host;
        return host;
    }

    private byte[] topicOf(MessageDraft first) {
        Topic last = lastTopic;
        if (first.queueId() >= 0
                && last.name().equals(first.topic())
                && !last.name().isEmpty()) {
            return last.bytes();
        }
        byte[] bytes = first.topic().getBytes(StandardCharsets.UTF_8);
        checkName(first, bytes.length);
        lastTopic = new Topic(first.topic(), bytes);
        return bytes;
    }

    // Names are checked by those who take requests; here only what would lead out of the store's directory, or
    // could not be stored at all.
    private static void checkName(MessageDraft draft, int bytes) {
        String topic = draft.topic();
        boolean isPath = topic.isEmpty() || topic.charAt(0) == '.' || hasPathCharacter(topic);
        if (isPath || bytes > TOPIC_BYTES_MAX || draft.queueId() < 0) {
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
