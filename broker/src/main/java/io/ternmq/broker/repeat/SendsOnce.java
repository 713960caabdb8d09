package io.ternmq.broker.repeat;

import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.AppendOutcome.Refused;
import io.ternmq.broker.store.AppendOutcome.Stored;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.broker.store.MessageStore;
import io.ternmq.common.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * Stores each send once. A repeat whose first request is under way waits for that one's outcome; a repeat of one that was
 * stored is answered with what the log says of it. Owns the sends under way and the window of those stored last; any
 * thread, none waits.
 */
public final class SendsOnce {
    private final MessageStore store;
    private final FirstSends firstSends;
    private final RecentSends recent;
    private final RepeatConfig config;
    private final Executor readers;
    private final Clock clock;
    private final Map<SendIdentity, CompletableFuture<Placed>> underWay = new ConcurrentHashMap<>();
    private final LongAdder joined = new LongAdder();
    private final LongAdder answered = new LongAdder();

    /** @param readers may wait for the disk; refuses when full */
    public SendsOnce(MessageStore store, RepeatConfig config, Executor readers, Clock clock) {
        this.store = store;
        this.firstSends = new FirstSends(store);
        this.recent = new RecentSends(Math.max(1, config.countMax()));
        this.config = config;
        this.readers = readers;
        this.clock = clock;
    }

    /** Whether repeats are recognized at all. */
    public boolean isOn() {
        return config.countMax() > 0;
    }

    /** Repeats that came while their first request was under way, since the start. */
    public long joined() {
        return joined.sum();
    }

    /** Repeats that were answered with what had been stored before, since the start. */
    public long answered() {
        return answered.sum();
    }

    /**
     * Takes note of the sends that were stored before this start. Called once, before the first append; may wait for the
     * disk.
     *
     * @param isKeyed whether sends of a topic are told apart by unique keys where they have no id
     */
    public void recall(Predicate<String> isKeyed) {
        if (!isOn()) {
            return;
        }
        store.scan(
                clock.wallMillis() - config.lifetime().toMillis(),
                record -> SendIdentity.of(record, isKeyed)
                        .ifPresent(identity -> recent.add(identity.spread(), record.position())));
    }

    /**
     * Appends a unit unless its send has been stored already.
     *
     * @param unit as {@link MessageStore#append} takes it
     * @return completes as {@link MessageStore#append} does; the bodies are read until then
     */
    public CompletableFuture<Placed> append(SendIdentity identity, List<MessageDraft> unit, boolean waits) {
        CompletableFuture<Placed> mine = new CompletableFuture<>();
        CompletableFuture<Placed> first = underWay.putIfAbsent(identity, mine);
        if (first != null) {
            joined.increment();
            return first.thenApply(Placed::again);
        }
        return appendFirst(identity, unit, waits).whenComplete((placed, failure) -> {
            underWay.remove(identity, mine);
            if (failure == null) {
                mine.complete(placed);
            } else {
                mine.completeExceptionally(failure);
            }
        });
    }

    private CompletableFuture<Placed> appendFirst(SendIdentity identity, List<MessageDraft> unit, boolean waits) {
        try {
            long[] candidates = recent.find(identity.spread());
            if (candidates.length == 0) {
                return store(identity, unit, waits);
            }
            return CompletableFuture.supplyAsync(() -> lookUp(candidates, identity, unit), readers)
                    .thenCompose(found -> found.map(CompletableFuture::completedFuture)
                            .orElseGet(() -> store(identity, unit, waits)));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(refused(unit, "too many reads from disk wait: " + e.getMessage()));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e); // never leaves the send under way
        }
    }

    private Optional<Placed> lookUp(long[] candidates, SendIdentity identity, List<MessageDraft> unit) {
        long storedFrom = clock.wallMillis() - config.lifetime().toMillis();
        for (long candidate : candidates) {
            Optional<Placed> placed = firstSends.at(candidate, identity, unit.size(), storedFrom);
            if (placed.isPresent()) {
                answered.increment();
                return placed;
            }
        }
        // In the log, but not readable before the disk has confirmed it: most likely the first of this send.
        return isUnforced(candidates[0])
                ? Optional.of(refused(unit, "the first request of this send waits for the disk"))
                : Optional.empty();
    }

    private boolean isUnforced(long position) {
        return position >= store.state().flushedPosition()
                && store.readRecord(position, bytes -> position).isEmpty();
    }

    private CompletableFuture<Placed> store(SendIdentity identity, List<MessageDraft> unit, boolean waits) {
        int queueId = unit.get(0).queueId();
        return store.append(unit, waits).thenApply(outcome -> {
            if (outcome instanceof Stored stored) {
                recent.add(identity.spread(), stored.positions()[0]); // before it is no longer under way
            }
            return new Placed(queueId, outcome, false);
        });
    }

    private static Placed refused(List<MessageDraft> unit, String detail) {
        return new Placed(unit.get(0).queueId(), new Refused(Refusal.BUSY, detail), false);
    }
}
