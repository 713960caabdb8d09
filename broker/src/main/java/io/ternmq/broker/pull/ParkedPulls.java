package io.ternmq.broker.pull;

import io.ternmq.broker.store.ArrivalListener;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.common.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The pulls that wait for a message. Owns them from {@link #park} until they are due, on the dispatcher's thread.
 *
 * <p>That thread alone moves a queue's end, so no message can arrive between its look at the queue and the wait: there
 * is no periodic re-check, and none is needed. Nor is the thread woken for each pull: it takes in what was parked before
 * it looks at arrivals, so a new pull matters to it only if it is due before the thread steps this anyway, or if its
 * message is there already. Whoever parks lays the pull down first and looks at both after; the thread says that it is up
 * before it takes in, and when it will be up again after. So one of the two sees the other.
 */
public final class ParkedPulls implements ArrivalListener, AutoCloseable {
    private static final int NOTES_PER_TURN = 1024;

    /** One waiting pull; {@code number} tells apart those of one deadline. */
    private record Entry(ParkedPull pull, long number) {}

    private final Clock clock;
    private final int waitingMax;

    private final Queue<ParkedPull> notes = new ConcurrentLinkedQueue<>(); // bounded by "waiting"
    private final Set<TopicQueue> woken = ConcurrentHashMap.newKeySet(); // any thread adds, the dispatcher's takes out
    private final Set<TopicQueue> toRelease = new HashSet<>(); // taken out of "woken"; dispatcher's thread only
    private final AtomicInteger waiting = new AtomicInteger(); // any thread counts up, the dispatcher's counts down
    private final Map<TopicQueue, Set<Entry>> byQueue = new HashMap<>(); // dispatcher's thread only
    private final TreeSet<Entry> byDeadline =
            new TreeSet<>(Comparator.comparingLong((Entry entry) -> entry.pull().deadlineNanos())
                    .thenComparingLong(Entry::number)); // dispatcher's thread only
    private volatile Runnable ring = () -> {}; // set once by attached(), read by any thread that parks
    private volatile boolean closing; // set once by close(), read by the dispatcher's thread and by those that park
    private volatile long nextStepNanos = NEVER; // set by the dispatcher's before it rests; NEVER while it takes in
    private long parkedSoFar; // dispatcher's thread only
    private boolean hasWaited; // a pull, since that was asked last; dispatcher's thread only

    /** @param waitingMax pulls that may wait at one time */
    public ParkedPulls(Clock clock, int waitingMax) {
        this.clock = clock;
        this.waitingMax = waitingMax;
    }

    /**
     * Lets a pull wait until a message that it may want arrives behind its offset or its deadline passes; then its
     * {@code onDue} is run, once. Any thread may call.
     *
     * @return false if as many wait as may; the pull is not kept then
     */
    boolean park(ParkedPull pull) {
        if (waiting.incrementAndGet() > waitingMax) {
            waiting.decrementAndGet();
            return false;
        }
        notes.add(pull);
        if (isUrgent(pull)) {
            ring.run();
        }
        return true;
    }

    private boolean isUrgent(ParkedPull pull) {
        long next = nextStepNanos;
        return next == NEVER
                || pull.deadlineNanos() - next < 0
                || closing
                || pull.endOffset().getAsLong() > pull.offset();
    }

    /** Makes all pulls due that wait at a queue now: something else than a message has come for them. Any thread may call. */
    public void wake(TopicQueue queue) {
        woken.add(queue);
        ring.run();
    }

    /** Pulls that wait now. */
    public int waiting() {
        return waiting.get();
    }

    @Override
    public void attached(Runnable ringOfDispatcher) {
        ring = ringOfDispatcher;
    }

    @Override
    public void arrived(TopicQueue queue, long queueOffset, long tagsHash) {
        // Where nobody waits, which is often so while many messages come, the queue's name is not even looked at.
        Set<Entry> candidates = byQueue.isEmpty() ? null : byQueue.get(queue);
        if (candidates == null) {
            return;
        }
        List<Entry> due = new ArrayList<>(candidates.size());
        for (Entry entry : candidates) {
            if (entry.pull().offset() <= queueOffset && entry.pull().filter().mayMatch(tagsHash)) {
                due.add(entry);
            }
        }
        due.forEach(entry -> release(entry, false));
    }

    @Override
    public int doWork() {
        if (nextStepNanos != NEVER) {
            nextStepNanos = NEVER;
        }
        takeWoken(); // before the pulls: those that were parked before the call are then taken in before the release
        int done = 0;
        ParkedPull note;
        while (done < NOTES_PER_TURN && (note = notes.poll()) != null) {
            take(note);
            done++;
        }
        if (done < NOTES_PER_TURN) { // else there may be more
            for (TopicQueue queue : toRelease) {
                List.copyOf(byQueue.getOrDefault(queue, Set.of())).forEach(entry -> release(entry, false));
                done++;
            }
            toRelease.clear();
        }
        long now = clock.monotonicNanos();
        while (!byDeadline.isEmpty() && isDue(byDeadline.first(), now)) {
            release(byDeadline.first(), true);
            done++;
        }
        return done;
    }

    @Override
    public boolean takeAwaited() {
        boolean was = hasWaited || !byDeadline.isEmpty();
        hasWaited = false;
        return was;
    }

    @Override
    public long nextDueNanos() {
        long due = byDeadline.isEmpty() ? NEVER : byDeadline.first().pull().deadlineNanos();
        nextStepNanos = due;
        return due;
    }

    /** Makes all that wait due, and what is parked from now on due at once. Returns before they are answered. */
    @Override
    public void close() {
        closing = true;
        ring.run();
    }

    private void takeWoken() {
        woken.removeIf(queue -> {
            toRelease.add(queue);
            return true;
        });
    }

    private void take(ParkedPull pull) {
        if (closing || pull.endOffset().getAsLong() > pull.offset()) {
            answer(pull, closing);
            return;
        }
        Entry entry = new Entry(pull, parkedSoFar++);
        byQueue.computeIfAbsent(pull.queue(), queue -> new LinkedHashSet<>()).add(entry);
        byDeadline.add(entry);
    }

    private boolean isDue(Entry entry, long nowNanos) {
        return closing || entry.pull().deadlineNanos() - nowNanos <= 0;
    }

    private void release(Entry entry, boolean isOver) {
        byDeadline.remove(entry);
        byQueue.computeIfPresent(entry.pull().queue(), (queue, entries) -> {
            entries.remove(entry);
            return entries.isEmpty() ? null : entries;
        });
        answer(entry.pull(), isOver);
    }

    private void answer(ParkedPull pull, boolean isOver) {
        hasWaited = true;
        waiting.decrementAndGet();
        pull.onDue().run(isOver);
    }
}
