package io.ternmq.broker.store.dispatch;

import io.ternmq.broker.store.ArrivalListener;
import io.ternmq.broker.store.Projection;
import io.ternmq.broker.store.StoreException;
import io.ternmq.broker.store.log.LogCursor;
import io.ternmq.broker.store.log.LogProgress;
import io.ternmq.broker.store.log.LogState;
import io.ternmq.broker.store.log.StoreHealth;
import io.ternmq.broker.store.log.StoreHealth.Obstacle;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.Inbox;
import io.ternmq.common.work.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log up to its readable end and feeds each record to the projections, batch by batch. Sole owner of the
 * watermark dispatched; what lives on its thread (queues, indexes, those who wait for arrivals) is stepped by it alone.
 * A projection that is behind the others is given what it lacks beside that, and joins them when it has caught up.
 */
public final class LogDispatcher implements Worker {
    private static final Logger log = LoggerFactory.getLogger(LogDispatcher.class);

    static final int BATCH_RECORDS_MAX = 512;
    static final int BATCH_BYTES_MAX = 1 << 20;
    static final Duration SPACE_RETRY = Duration.ofSeconds(1);

    private static final int NOTES_MAX = 1024;

    /**
     * A projection to be fed.
     *
     * @param from it has all records below this position already
     */
    public record Feed(Projection projection, long from) {}

    private record Note(long position, NoteWork work) {}

    /** Something to be done on the dispatcher's thread. */
    @FunctionalInterface
    public interface NoteWork {
        void run() throws IOException;
    }

    private final LogProgress progress;
    private final StoreHealth health;
    private final List<Feed> feeds = new ArrayList<>(); // without the laggards
    private final List<Laggard> laggards = new ArrayList<>();
    private final List<ArrivalListener> listeners;
    private final Clock clock;
    private final LogCursor cursor;
    private final Linger linger;
    private final Inbox<Note> notes = new Inbox<>(NOTES_MAX); // any thread offers

    private Note pending; // the oldest note, waiting for its position; null if there is none
    private long lastRecord = -1; // position of the last one taken; negative before the first
    private long lastStoreMillis;
    private long taken; // records below have been given to the projections
    private boolean isSettled = true;
    private long retryAtNanos = NEVER;

    /** Feeds are served in this order. */
    public LogDispatcher(LogState state, List<Feed> feeds, List<ArrivalListener> listeners, Clock clock) {
        this.progress = state.progress();
        this.health = state.health();
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
        this.cursor = new LogCursor(state.log());
        this.linger = new Linger(clock.monotonicNanos());
        this.taken = progress.dispatched().position();
        for (Feed feed : feeds) {
            if (feed.from() < taken && feed.projection().mayLag()) {
                laggards.add(new Laggard(feed, state.log()));
            } else {
                this.feeds.add(feed);
            }
        }
    }

    /**
     * Leaves something to be done when all below {@code position} is dispatched and nothing above it. Notes must come in
     * the order of their positions; those that come late are done at once. The caller rings.
     *
     * @return false if too many notes wait
     */
    public boolean offer(long position, NoteWork work) {
        return notes.offer(new Note(position, work));
    }

    /** At start: the newest record below the position where this begins. */
    public void resumeBehind(long record, long storeMillis) {
        lastRecord = record;
        lastStoreMillis = storeMillis;
    }

    /** Position of the newest record dispatched; negative if there is none. Dispatcher's thread. */
    public long lastRecord() {
        return lastRecord;
    }

    /** When that record was stored. */
    public long lastStoreMillis() {
        return lastStoreMillis;
    }

    @Override
    public int doWork() {
        if (health.has(Obstacle.FAILURE) && !isSettled) {
            return stepListeners(); // a projection that could not be written: it stays where it is
        }
        int count = stepListeners(); // before they hear of arrivals: they may have taken in nothing for long
        try {
            if (!isResting()) {
                boolean wasResting = retryAtNanos != NEVER;
                retryAtNanos = NEVER;
                count += dispatch();
                count += catchUp();
                if (wasResting && retryAtNanos == NEVER) {
                    health.pass(Obstacle.PROJECTION_SPACE);
                }
                count += workOff();
            }
        } catch (IOException e) {
            isSettled = false;
            health.arise(Obstacle.FAILURE, "cannot derive queues from the log at " + taken + ": " + e.getMessage());
        }
        return count + stepListeners();
    }

    @Override
    public long nextDueNanos() {
        long due = health.has(Obstacle.FAILURE) ? NEVER : retryAtNanos; // what failed is not tried again
        for (ArrivalListener listener : listeners) {
            due = earlier(due, listener.nextDueNanos());
        }
        return due;
    }

    @Override
    public long lingerNanos() {
        long now = clock.monotonicNanos();
        for (ArrivalListener listener : listeners) {
            if (listener.takeAwaited()) {
                linger.awaited(now);
            }
        }
        return linger.nanos(now);
    }

    /** Called with the thread gone, at close: gives back what is held of the log. */
    public void close() {
        cursor.close();
        laggards.forEach(Laggard::close);
    }

    // Monotonic times wrap, NEVER does not take part in that.
    private static long earlier(long one, long other) {
        if (one == NEVER) {
            return other;
        }
        return other == NEVER || one - other < 0 ? one : other;
    }

    private boolean isResting() {
        return retryAtNanos != NEVER && clock.monotonicNanos() - retryAtNanos < 0;
    }

    private int dispatch() throws IOException {
        long limit = progress.readable().position();
        if (pending == null) {
            pending = notes.poll();
        }
        if (pending != null && pending.position() < limit) {
            limit = Math.max(pending.position(), taken);
        }
        int count = 0;
        if (isSettled && taken < limit) {
            count = take(limit);
            linger.took(count);
            isSettled = count == 0;
        }
        if (!isSettled) {
            settle();
            count += isSettled ? 1 : 0; // after a rest more records may have come, and nobody rings for them again
        }
        return count;
    }

    private int take(long limit) throws IOException {
        long began = taken;
        int count = 0;
        while (taken < limit && count < BATCH_RECORDS_MAX && taken - began < BATCH_BYTES_MAX) {
            switch (cursor.look(taken, limit)) {
                case RECORD -> project(cursor.record());
                case BLANK, HOLE -> {} // counted too: it has to be settled past
                case NOTHING ->
                    throw new StoreException("no record at " + taken + " of the log, below its readable end "
                            + progress.readable().position());
            }
            taken = cursor.nextPosition();
            count++;
        }
        return count;
    }

    private void project(MessageRecord record) throws IOException {
        for (Feed feed : feeds) {
            if (taken >= feed.from()) {
                feed.projection().project(record);
            }
        }
        lastRecord = taken;
        lastStoreMillis = record.storeMillis();
    }

    private void settle() throws IOException {
        for (Feed feed : feeds) {
            Optional<String> lack = feed.projection().settle();
            if (lack.isPresent()) {
                rest(feed.projection(), lack.get());
                return;
            }
        }
        isSettled = true;
        progress.dispatchedTo(taken);
    }

    private int catchUp() throws IOException {
        int count = 0;
        for (int i = 0; i < laggards.size() && isSettled; i++) {
            Laggard laggard = laggards.get(i);
            Optional<String> lack = laggard.step(taken);
            count++;
            if (lack.isPresent()) {
                rest(laggard.projection(), lack.get());
            } else if (laggard.hasReached(taken)) {
                laggard.close();
                laggards.remove(i--);
                feeds.add(new Feed(laggard.projection(), taken));
                log.info(
                        "Projection has caught up. name={} position={}",
                        laggard.projection().name(),
                        taken);
            }
        }
        return count;
    }

    private void rest(Projection projection, String lack) {
        // Before anybody can see it: whoever then waits for so long has waited for the next attempt.
        retryAtNanos = clock.monotonicNanos() + SPACE_RETRY.toNanos();
        health.arise(Obstacle.PROJECTION_SPACE, "no space for " + projection.name() + ": " + lack);
    }

    private int workOff() throws IOException {
        int count = 0;
        while (isSettled && pending != null && pending.position() <= taken) {
            NoteWork work = pending.work();
            pending = notes.poll();
            work.run();
            count++;
        }
        return count;
    }

    private int stepListeners() {
        int count = 0;
        for (ArrivalListener listener : listeners) {
            count += listener.doWork();
        }
        return count;
    }
}
