package io.ternmq.broker.store.log;

import io.ternmq.broker.store.AckPolicy;
import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.AppendOutcome.Refused;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.Inbox;
import io.ternmq.common.work.PennedWorker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Appends records in arrival order and answers their senders. Sole owner of the log's tail, of the sends that await an
 * answer, and of the watermarks appended and readable. Stepped by whoever holds its pen.
 */
public final class LogWriter implements PennedWorker {
    /** Where a turn ends, so that the thread that carries it gets back to its own work. */
    static final int TURN_BYTES_MAX = 256 * 1024;

    static final long TURN_NANOS_MAX = Duration.ofMillis(1).toNanos();

    /** Less than a message needs from one process to another: none is stored with a time before that of its sending. */
    private static final long STORE_MILLIS_AGE_MAX_NANOS =
            Duration.ofNanos(20_000).toNanos();

    private static final Refused CLOSED = new Refused(Refusal.CLOSING, "the store closes");
    private static final int APPENDS_BETWEEN_CLOCK_LOOKS = 32;
    private static final int NOTES_MAX = 1024;

    /**
     * What the writer rings after a turn.
     *
     * @param afterAppend there are bytes that the disk does not have; rung with the pen down
     * @param afterReadable there are records that the dispatcher does not have; rung with the pen down
     * @param sendsWait sends have begun to await confirmation, and the first one's time may run out; rung with the pen
     *     down
     */
    public record Bells(Runnable afterAppend, Runnable afterReadable, Runnable sendsWait) {}

    /**
     * How much may wait.
     *
     * @param waitingCountMax appends in the inbox
     * @param waitingBytesMax bytes of them
     * @param unansweredCountMax appends in the log whose answer waits for a policy
     * @param unansweredBytesMax bytes of them
     */
    public record Limits(int waitingCountMax, long waitingBytesMax, int unansweredCountMax, long unansweredBytesMax) {}

    private final LogTail tail;
    private final LogProgress progress;
    private final StoreHealth health;
    private final Clock clock;
    private final Limits limits;
    private final EncoderPool encoders;
    private final Bells bells;
    private final Runnable plainAftermath; // of a turn that has nobody to answer

    private final Inbox<Append> inbox; // any thread offers
    private final Inbox<LongConsumer> notes = new Inbox<>(NOTES_MAX); // any thread offers
    private final AtomicLong waitingBytes = new AtomicLong(); // of the inbox; any thread
    private volatile boolean isClosing; // set by close
    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    // The holder's.
    private final UnansweredSends unanswered;
    private final AppendChain done = new AppendChain(); // without those whose outcome their sender just looks at
    private long turnNanos; // when it began
    private long storeMillis; // wall time, once it has been read
    private long storeMillisReadNanos; // when that was
    private boolean hasStoreMillis;
    private Append held; // next in the row; stays if there is no prepared space for it
    private boolean isWorkLeft;
    private boolean isGivenUp;

    // What this turn is to ring once the pen is down.
    private boolean ringsAfterAppend;
    private boolean ringsAfterReadable;

    LogWriter(
            LogTail tail,
            TailMemory memory,
            LogState state,
            List<AckPolicy> policies,
            Clock clock,
            Limits limits,
            Bells bells) {
        this.tail = tail;
        this.progress = state.progress();
        this.health = state.health();
        this.encoders = state.encoders();
        this.clock = clock;
        this.limits = limits;
        this.unanswered = new UnansweredSends(
                policies, memory, limits.unansweredCountMax(), limits.unansweredBytesMax(), clock, done);
        this.bells = bells;
        this.plainAftermath = new TurnAftermath(null, bells, false, true, true);
        this.inbox = new Inbox<>(limits.waitingCountMax());
    }

    /**
     * Takes a unit from the one who brings it, to be appended in this turn before all others. With the pen in hand.
     *
     * @return false if others come first, or it would be refused: it may be offered
     */
    boolean takeInPerson(Append append) {
        if (held != null || !inbox.isEmpty() || health.refusal().isPresent()) {
            return false;
        }
        held = append;
        return true;
    }

    /**
     * Leaves a unit for the log. Any thread; the caller rings the pen afterwards.
     *
     * @return why not; empty if it was taken, and will be answered
     */
    public Optional<Refused> offer(Append append) {
        Optional<Refused> refusal = health.refusal();
        if (refusal.isPresent()) {
            return refusal;
        }
        append.encodeAside(encoders.borrow());
        long waiting = waitingBytes.addAndGet(append.length());
        // One alone is let in however long it is, or it never could be.
        boolean isTooMuch = waiting > limits.waitingBytesMax() && waiting > append.length();
        if (isTooMuch || !inbox.offer(append)) {
            waitingBytes.addAndGet(-append.length());
            encoders.giveBack(append.takeEncoder());
            return Optional.of(new Refused(
                    Refusal.BUSY,
                    "too many messages wait for the log: " + inbox.size() + " of " + limits.waitingCountMax() + ", "
                            + waitingBytes.get() + " of " + limits.waitingBytesMax() + " bytes"));
        }
        return Optional.empty();
    }

    /**
     * Leaves something to be done between two appends, with the log's end at hand. Any thread; the caller rings the pen
     * afterwards.
     *
     * @return false if too many notes wait
     */
    public boolean offerNote(LongConsumer note) {
        return notes.offer(note);
    }

    /** Forgets a topic's next offsets. From a note only. */
    public void dropQueues(String topic) {
        tail.queues().drop(topic);
    }

    @Override
    public void beginTurn(long nowNanos) {
        turnNanos = nowNanos;
    }

    @Override
    public int doWork() {
        int count = notes.drain(note -> note.accept(tail.position()), NOTES_MAX);
        count += answer();
        Optional<Refused> refusal = health.refusal();
        if (refusal.isPresent() && refusal.get().reason() == Refusal.WRITER_FAILED) {
            count += endAll(refusal.get());
        } else {
            count += isGivenUp ? endAll(CLOSED) : appendWaiting();
        }
        if (held != null && !held.isAside()) {
            held.encodeAside(encoders.borrow()); // it has to wait, and whoever brought it does not
            waitingBytes.addAndGet(held.length());
        }
        if (isClosing && held == null && inbox.isEmpty() && unanswered.isEmpty()) {
            drained.complete(null);
        }
        return count;
    }

    @Override
    public boolean isWorkLeft() {
        return isWorkLeft;
    }

    /** When the first unanswered send is to be looked after; read by the spare thread. */
    @Override
    public long nextDueNanos() {
        return unanswered.nextDueNanos();
    }

    @Override
    public Runnable takeAftermath() {
        Append answered = done.takeAll();
        boolean ringsSendsWait = unanswered.takeIsToBeLookedAfter();
        if (answered == null && !ringsSendsWait && !ringsAfterAppend && !ringsAfterReadable) {
            return NOTHING;
        }
        boolean isPlain = answered == null && !ringsSendsWait && ringsAfterAppend && ringsAfterReadable;
        Runnable aftermath = isPlain
                ? plainAftermath
                : new TurnAftermath(answered, bells, ringsSendsWait, ringsAfterAppend, ringsAfterReadable);
        ringsAfterAppend = false;
        ringsAfterReadable = false;
        return aftermath;
    }

    @Override
    public void failed(Throwable cause) {
        Refused refused = new Refused(Refusal.WRITER_FAILED, "the log's writer failed: " + cause);
        health.arise(StoreHealth.Obstacle.FAILURE, refused.detail());
        try {
            if (tail.position() != progress.appendedPosition()) {
                publish(); // what the turn had placed before, whose senders wait until it is in the file
            }
        } finally {
            endAll(refused);
        }
    }

    /** Nothing more is offered; the returned future completes once all that waited is answered. Ring the pen. */
    public CompletableFuture<Void> close() {
        isClosing = true;
        return drained;
    }

    /**
     * Answers all that still waits, as late or refused, and what is not in the file yet as soon as it is. From a note
     * only, at the end of a close that took too long.
     */
    public void giveUp() {
        isGivenUp = true;
        endAll(CLOSED);
    }

    private int appendWaiting() {
        int bytes = 0;
        int count = 0;
        isWorkLeft = false;
        long lookedNanos = 0;
        while (unanswered.hasRoom()) {
            Append append = held != null ? held : inbox.poll();
            if (append == null) {
                break;
            }
            held = append;
            if (count == 0) {
                readStoreMillis();
            }
            if (!tail.place(append, storeMillis)) {
                waitOrRefuse(append);
                break;
            }
            took(append);
            settle(append);
            bytes += append.length();
            count++;
            boolean isTurnOver = bytes >= TURN_BYTES_MAX;
            // Reading the clock costs a good part of what an append does: turns of a few go without.
            if (count % APPENDS_BETWEEN_CLOCK_LOOKS == 0) {
                long nowNanos = clock.monotonicNanos();
                lookedNanos = count == APPENDS_BETWEEN_CLOCK_LOOKS ? nowNanos : lookedNanos;
                isTurnOver |= nowNanos - lookedNanos >= TURN_NANOS_MAX;
            }
            if (isTurnOver) {
                isWorkLeft = !inbox.isEmpty();
                break;
            }
        }
        if (tail.position() != progress.appendedPosition()) {
            publish();
        }
        return count;
    }

    // Wall time of the turn. Reading a clock costs as much as the checksum and the copy of a message together: when
    // messages follow each other fast, what was read a moment ago still serves.
    private void readStoreMillis() {
        if (!hasStoreMillis || turnNanos - storeMillisReadNanos >= STORE_MILLIS_AGE_MAX_NANOS) {
            storeMillis = clock.wallMillis();
            storeMillisReadNanos = turnNanos;
            hasStoreMillis = true;
        }
    }

    // Out of prepared space: the preparer has been rung and rings the pen when there is more. If it finds no space on
    // disk, those who wait are told so instead of waiting for a disk that may stay full. Out of memory for what is not
    // in the file yet: the flusher rings the pen after each force.
    private void waitOrRefuse(Append append) {
        Optional<String> lack = tail.lackOfSpace();
        if (lack.isPresent()) {
            refuse(append, new Refused(Refusal.DISK_FULL, lack.get()));
            isWorkLeft = !inbox.isEmpty();
        }
    }

    private void took(Append append) {
        held = null;
        if (append.isAside()) {
            waitingBytes.addAndGet(-append.length());
            encoders.giveBack(append.takeEncoder());
        }
    }

    private void settle(Append append) {
        if (unanswered.mustWait(append)) {
            append.willBeAnswered();
            unanswered.add(append);
        } else if (append.hasAnswer()) {
            done.add(append);
        }
    }

    private void publish() {
        progress.appendedTo(tail.position());
        ringsAfterAppend = true;
        publishReadable();
    }

    private void publishReadable() {
        long readable = Math.min(tail.position(), unanswered.readersLimit());
        if (readable > progress.readablePosition()) {
            progress.readableTo(readable);
            ringsAfterReadable = true;
        }
    }

    private int answer() {
        publishReadable();
        return unanswered.answer();
    }

    // What lies in the log is not refused, since it may be found there at the next start: its sender is told what
    // became
    // of the confirmation. What has not been stored is refused, and will never be found.
    private int endAll(Refused refused) {
        return refuseWaiting(refused) + unanswered.endAll(refused);
    }

    private int refuseWaiting(Refused refused) {
        int count = 0;
        Append append = held != null ? held : inbox.poll();
        while (append != null) {
            refuse(append, refused);
            count++;
            append = inbox.poll();
        }
        return count;
    }

    private void refuse(Append append, Refused refused) {
        took(append);
        append.refusedAs(refused);
        done.add(append);
    }
}
