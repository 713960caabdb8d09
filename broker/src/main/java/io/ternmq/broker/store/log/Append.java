package io.ternmq.broker.store.log;

import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.common.message.MessageRecordEncoder;
import java.util.concurrent.CompletableFuture;

/**
 * A unit on its way into the log: encoded by whoever offers it, then owned by the holder of the writer's pen, who gives
 * it its place and settles its outcome, then completed by that thread once the pen is down.
 */
public final class Append {
    private final String topic;
    private final int queueId;
    private final int count;
    private final boolean waitsForConfirmation;
    private final CompletableFuture<AppendOutcome> answer = new CompletableFuture<>();

    /** Holds the records until they are copied into the log. */
    private MessageRecordEncoder encoder;

    private final int length;

    // The holder's, until the pen is down.
    private AppendOutcome outcome;
    private long end;
    private long deadlineNanos;
    private Append next;

    /**
     * @param encoder holds {@code count} finished records one behind the other; given back after they are copied
     * @param waitsForConfirmation whether the answer waits for the configured policies
     */
    public Append(String topic, int queueId, int count, MessageRecordEncoder encoder, boolean waitsForConfirmation) {
        this.topic = topic;
        this.queueId = queueId;
        this.count = count;
        this.encoder = encoder;
        this.length = encoder.length();
        this.waitsForConfirmation = waitsForConfirmation;
    }

    /** Completed exactly once, never exceptionally. */
    public CompletableFuture<AppendOutcome> answer() {
        return answer;
    }

    String topic() {
        return topic;
    }

    int queueId() {
        return queueId;
    }

    /** Records in the unit. */
    int count() {
        return count;
    }

    /** Bytes of all its records. */
    int length() {
        return length;
    }

    boolean waitsForConfirmation() {
        return waitsForConfirmation;
    }

    MessageRecordEncoder encoder() {
        return encoder;
    }

    /** Parts with the memory that held the records. */
    MessageRecordEncoder takeEncoder() {
        MessageRecordEncoder taken = encoder;
        encoder = null;
        return taken;
    }

    boolean hasEncoder() {
        return encoder != null;
    }

    /** It lies in the log, up to {@code endPosition}. */
    void placed(AppendOutcome.Stored stored, long endPosition) {
        outcome = stored;
        end = endPosition;
    }

    void awaitUntil(long answerDeadlineNanos) {
        deadlineNanos = answerDeadlineNanos;
    }

    /** Position behind its last byte. */
    long end() {
        return end;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    void confirmedAs(AppendOutcome.Confirmation confirmation) {
        AppendOutcome.Stored stored = (AppendOutcome.Stored) outcome;
        if (stored.confirmation() != confirmation) {
            outcome = new AppendOutcome.Stored(
                    stored.queueOffset(), stored.positions(), stored.storeMillis(), confirmation);
        }
    }

    void refusedAs(Refusal reason, String detail) {
        outcome = new AppendOutcome.Refused(reason, detail);
    }

    void refusedAs(AppendOutcome.Refused refused) {
        outcome = refused;
    }

    void complete() {
        answer.complete(outcome);
    }

    Append next() {
        return next;
    }

    void next(Append append) {
        next = append;
    }
}
