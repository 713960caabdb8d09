package io.ternmq.broker.store.log;

import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.common.message.MessageRecordEncoder;
import io.ternmq.common.message.RecordForm;
import java.util.concurrent.CompletableFuture;

/**
 * A unit on its way into the log. While the thread that brought it has the pen in hand it is written to its place
 * straight from the messages; one that has to wait for that is encoded aside first. Owned by whoever offers it, then by
 * the holder of the writer's pen, who gives it its place and settles its outcome, then completed by that thread once the
 * pen is down.
 */
public final class Append {
    private final String topic;
    private final int queueId;
    private final int count;
    private final int length;
    private final boolean waitsForConfirmation;

    private RecordForm[] forms; // null once the unit is in the log or encoded aside: the messages may be gone then
    private MessageRecordEncoder encoder; // holds the records from then on, until they are copied into the log
    private CompletableFuture<AppendOutcome> answer; // null as long as no other thread may give the answer

    // The holder's, until the pen is down.
    private AppendOutcome outcome;
    private long end;
    private long deadlineNanos;
    private Append next;

    /**
     * @param forms its messages, at least one; their bodies are read until the call that appends returns
     * @param length of all its records in bytes
     * @param waitsForConfirmation whether the answer waits for the configured policies
     */
    public Append(String topic, int queueId, RecordForm[] forms, int length, boolean waitsForConfirmation) {
        this.topic = topic;
        this.queueId = queueId;
        this.count = forms.length;
        this.forms = forms;
        this.length = length;
        this.waitsForConfirmation = waitsForConfirmation;
    }

    /** Once it has been taken, for the one who brought it. Completed exactly once, never exceptionally. */
    public CompletableFuture<AppendOutcome> answer() {
        return answer == null ? CompletableFuture.completedFuture(outcome) : answer;
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

    /** The messages; only while it is not encoded aside. */
    RecordForm[] forms() {
        return forms;
    }

    /** Copies the messages, so that it may outlast the call that brought it and be answered by another thread. */
    void encodeAside(MessageRecordEncoder memory) {
        for (RecordForm form : forms) {
            memory.add(form);
        }
        forms = null;
        encoder = memory;
        willBeAnswered();
    }

    /** From now on another thread may give the answer. */
    void willBeAnswered() {
        if (answer == null) {
            answer = new CompletableFuture<>();
        }
    }

    /** Whether somebody else than its turn's thread may wait for the answer. */
    boolean hasAnswer() {
        return answer != null;
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

    boolean isAside() {
        return encoder != null;
    }

    /** It lies in the log, up to {@code endPosition}. */
    void placed(AppendOutcome.Stored stored, long endPosition) {
        outcome = stored;
        end = endPosition;
        forms = null; // may wait long for its answer, and must not keep its messages for that
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
        if (answer != null) {
            answer.complete(outcome);
        }
    }

    Append next() {
        return next;
    }

    void next(Append append) {
        next = append;
    }
}
