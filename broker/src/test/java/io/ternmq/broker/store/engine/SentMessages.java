package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.AppendOutcome.Confirmation;
import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.AppendOutcome.Stored;
import io.ternmq.broker.store.FlushMode;
import io.ternmq.broker.store.MessageFilter;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.ReadRequest;
import io.ternmq.broker.store.ReadResult;
import io.ternmq.broker.store.StoreState;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.common.message.MessageRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * All that was sent to a store over its lives, what senders were told and what readers saw: judges what the store holds.
 *
 * <ul>
 *   <li>What was confirmed is there, byte for byte, at the queue offset that its sender was told: after a killed process
 *       in both flush modes, after a power cut under synchronous flush.
 *   <li>What readers could see is there at the same offset, with the same exceptions.
 *   <li>What was refused is never found, nor what a recovery did not find: it does not come back to life. But of a batch
 *       that was refused because the log's writer failed there may be a part, under synchronous flush.
 *   <li>Offsets of a queue have no gap, and its messages stand in the order they were sent in.
 *   <li>If a message is there, so is every one that the log took before it, but the oldest, which retention removes.
 *   <li>What was removed leaves its offset behind: it is not given out again.
 * </ul>
 */
final class SentMessages {
    private static final int BODY_HEAD = Integer.BYTES;

    /** How a life of the store ended. */
    enum End {
        /** Closed in order; a power cut afterwards changes nothing. */
        CLOSED,
        KILLED,
        POWER_CUT
    }

    private static final class Sent {
        private final int id;
        private final TopicQueue queue;
        private final byte[] body;
        private final boolean waits;
        private long offset = -1;
        private long position = -1;
        private boolean isStored; // its sender was told so
        private boolean isConfirmed;
        private boolean isSeen;
        private boolean isOnDisk; // it has outlived a power cut or a close
        private boolean isGone; // refused, or not found at a start
        private boolean isReleased; // its topic was deleted: it may be there or not

        Sent(int id, TopicQueue queue, byte[] body, boolean waits) {
            this.id = id;
            this.queue = queue;
            this.body = body;
            this.waits = waits;
        }

        boolean outlives(End end, FlushMode mode) {
            boolean isForced = isOnDisk || (mode == FlushMode.SYNC_FLUSH && (isSeen || (waits && isConfirmed)));
            return isForced || (end != End.POWER_CUT && (isStored || isSeen));
        }

        @Override
        public String toString() {
            return "message " + id + " of " + queue + " offset " + offset + " position " + position + " bytes "
                    + body.length + (isStored ? " stored" : "") + (isConfirmed ? " confirmed" : "")
                    + (isSeen ? " seen" : "") + (isGone ? " gone" : "") + (isOnDisk ? " on disk" : "");
        }
    }

    private record Unit(List<Sent> messages, CompletableFuture<AppendOutcome> answer) {}

    private final FlushMode promised;
    private final List<Sent> all = new ArrayList<>();
    private final List<Unit> unanswered = new ArrayList<>();
    private int found;

    /** @param promised the flush mode whose promise is held against the store */
    SentMessages(FlushMode promised) {
        this.promised = promised;
    }

    /** Bodies for a unit that is about to be sent; answered by {@link #sent}. */
    List<byte[]> newBodies(int count, int[] bytes, Random random) {
        List<byte[]> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] body = new byte[BODY_HEAD + bytes[i]];
            random.nextBytes(body);
            ByteBuffer.wrap(body).putInt(0, all.size() + i);
            bodies.add(body);
        }
        return bodies;
    }

    void sent(TopicQueue queue, List<byte[]> bodies, boolean waits, CompletableFuture<AppendOutcome> answer) {
        List<Sent> messages = new ArrayList<>();
        for (byte[] body : bodies) {
            Sent sent = new Sent(all.size(), queue, body, waits);
            all.add(sent);
            messages.add(sent);
        }
        unanswered.add(new Unit(messages, answer));
        noteAnswers();
    }

    boolean isAnyUnanswered() {
        return !unanswered.isEmpty();
    }

    /** Messages that were found when a store was opened again, over all lives. */
    int found() {
        return found;
    }

    void noteAnswers() {
        unanswered.removeIf(unit -> {
            if (!unit.answer().isDone()) {
                return false;
            }
            unit.answer().join().fold(stored -> noteStored(unit, stored), refused -> {
                boolean isGone = !isTornMaybe(unit, refused.reason());
                unit.messages().forEach(message -> message.isGone = isGone);
                return null;
            });
            return true;
        });
    }

    // A write in whose middle the disk failed may have brought a part of a batch to the file.
    private boolean isTornMaybe(Unit unit, Refusal reason) {
        return promised == FlushMode.SYNC_FLUSH
                && reason == Refusal.WRITER_FAILED
                && unit.messages().size() > 1;
    }

    private static Void noteStored(Unit unit, Stored stored) {
        for (int i = 0; i < unit.messages().size(); i++) {
            Sent message = unit.messages().get(i);
            message.isStored = true;
            message.isConfirmed = stored.confirmation() == Confirmation.CONFIRMED;
            message.position = stored.positions()[i];
            check(
                    message.isReleased || message.offset < 0 || message.offset == stored.queueOffset() + i,
                    () -> "read before its answer at another offset: " + message + ", " + stored);
            message.offset = stored.queueOffset() + i;
        }
        return null;
    }

    /** The topic is being deleted: its queues begin anew, at some moment. */
    void deleting(String topic) {
        all.stream().filter(sent -> sent.queue.topic().equals(topic)).forEach(sent -> sent.isReleased = true);
    }

    /** Reads a queue as a consumer would and holds what comes against what was sent. */
    void read(LocalMessageStore store, TopicQueue queue) {
        readAll(store, queue);
    }

    /** The process has ended: what was not answered never will be. */
    void processEnded() {
        noteAnswers();
        unanswered.clear();
    }

    /** A store was opened again: judges all it holds. */
    void judge(LocalMessageStore store, End end) {
        Set<TopicQueue> queues = new HashSet<>(store.queues());
        all.forEach(sent -> queues.add(sent.queue));
        Set<Integer> present = new TreeSet<>();
        queues.forEach(queue -> present.addAll(readAll(store, queue)));
        found += present.size();
        long logBegins = store.state().minPosition();
        for (Sent sent : all) {
            long next = store.range(sent.queue).maxOffset();
            check(
                    sent.isGone || sent.isReleased || !sent.outlives(end, promised) || sent.offset < next,
                    () -> "its offset is given out again after " + end + ": " + sent + ", next " + next
                            + ", log begins at " + logBegins);
        }
        int newest = present.stream()
                .filter(id -> !all.get(id).isReleased)
                .max(Integer::compare)
                .orElse(-1);
        for (Sent sent : all) {
            if (present.contains(sent.id)) {
                sent.isOnDisk |= end != End.KILLED;
            } else if (!sent.isGone && !sent.isReleased && (sent.position < 0 || sent.position >= logBegins)) {
                check(!sent.outlives(end, promised), () -> "lost after " + end + ": " + sent);
                check(
                        !sent.isStored || sent.id > newest,
                        () -> "lost from the middle of the log: " + sent + ", " + newest + " is there");
                sent.isGone = true;
            }
        }
    }

    private Set<Integer> readAll(LocalMessageStore store, TopicQueue queue) {
        Set<Integer> ids = new TreeSet<>();
        QueueRange range = store.range(queue);
        MessageRecord record = new MessageRecord();
        long next = range.minOffset();
        int last = -1;
        boolean isSentAgain = false;
        while (next < range.maxOffset()) {
            long from = next;
            ReadResult result = store.read(new ReadRequest(queue, from, 32, 1 << 18, MessageFilter.ALL));
            try {
                if (result.status() == ReadResult.Status.RECORDS_REMOVED) {
                    boolean isAgain = result.nextOffset() <= from; // the queue may have begun anew
                    check(!isAgain || !isSentAgain, () -> "sent to " + from + " of " + queue + " again and again");
                    isSentAgain = isAgain;
                    next = isAgain ? result.nextOffset() : behindRemoved(store, queue, from, result.nextOffset());
                    continue;
                }
                check(
                        result.status() == ReadResult.Status.FOUND,
                        () -> "gap in " + queue + " at " + from + " of " + range + ": " + result.status());
                for (ByteBuffer bytes : result.records()) {
                    long offset = next;
                    check(record.wrap(bytes) && record.isIntact(), () -> "damaged in " + queue + " at " + offset);
                    if (record.queueOffset() > offset) {
                        next = behindRemoved(store, queue, offset, record.queueOffset());
                    }
                    check(
                            record.queueOffset() >= offset,
                            () -> "in " + queue + " at " + offset + " stands offset " + record.queueOffset());
                    last = noteRead(queue, record, last);
                    ids.add(last);
                    next++;
                }
            } finally {
                result.release();
            }
        }
        return ids;
    }

    // Retention has removed messages whose queue may not know that yet. What is not dispatched may be of a queue that
    // begins anew.
    private long behindRemoved(LocalMessageStore store, TopicQueue queue, long from, long next) {
        StoreState state = store.state();
        check(state.minPosition() > 0, () -> "sent from " + from + " to " + next + " of " + queue + ", " + state);
        for (Sent sent : all) {
            boolean isPassed = sent.queue.equals(queue) && sent.offset >= from && sent.offset < next;
            boolean isRead = sent.position >= state.minPosition() && sent.position < state.dispatchedPosition();
            check(
                    !isPassed || !isRead || sent.isGone || sent.isReleased,
                    () -> "passed over as removed: " + sent + ", " + state);
        }
        return next;
    }

    private int noteRead(TopicQueue queue, MessageRecord record, int last) {
        ByteBuffer body = record.body();
        int id = body.getInt(body.position());
        check(id >= 0 && id < all.size(), () -> "never sent: " + id + " in " + queue + " at " + record.queueOffset());
        Sent sent = all.get(id);
        check(sent.queue.equals(queue) && body.equals(ByteBuffer.wrap(sent.body)), () -> "changed: " + sent);
        check(!sent.isGone, () -> "came back to life: " + sent + ", read at " + record.position());
        check(id > last, () -> "out of order: " + sent + " after " + last);
        boolean isAtItsPlace = (sent.offset < 0 || sent.offset == record.queueOffset())
                && (sent.position < 0 || sent.position == record.position());
        check(sent.isReleased || isAtItsPlace, () -> "moved to " + record.queueOffset() + ": " + sent);
        sent.offset = record.queueOffset();
        sent.position = record.position();
        sent.isSeen = true;
        return id;
    }

    private static void check(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }
}
