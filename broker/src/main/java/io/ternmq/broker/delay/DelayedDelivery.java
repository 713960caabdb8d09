package io.ternmq.broker.delay;

import io.ternmq.broker.delay.LevelQueue.Delivering;
import io.ternmq.broker.offset.DelayOffsetsFile;
import io.ternmq.broker.store.MessageStore;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.common.topic.TopicNames;
import io.ternmq.common.work.RungWorker;
import io.ternmq.common.work.Workers;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives messages that are held back to their queues when they are due, on a thread of its own. Owns that thread and how far
 * each level has come. A message is delivered once; again only if the broker dies before the level's offset is saved.
 */
public final class DelayedDelivery implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DelayedDelivery.class);

    private final DeliveryWorker worker;
    private final RungWorker thread;
    private final LevelOffsets offsets;
    private final OffsetSaving saving;

    private DelayedDelivery(DeliveryWorker worker, RungWorker thread, LevelOffsets offsets, OffsetSaving saving) {
        this.worker = worker;
        this.thread = thread;
        this.offsets = offsets;
        this.saving = saving;
    }

    /**
     * Goes on where the last run ended.
     *
     * @param topics finds a topic by its name
     * @param file says how far that was
     * @throws IOException if the file cannot be used or written; the message names it
     */
    public static DelayedDelivery start(
            DelayLevels levels,
            DelayArrivals arrivals,
            MessageStore store,
            Function<String, Optional<TopicConfig>> topics,
            DelayOffsetsFile file,
            Workers workers)
            throws IOException {
        int count = Math.max(levels.count(), levelsWithQueues(store));
        LevelOffsets offsets = new LevelOffsets(count);
        restore(offsets, count, store, file);
        Backoff backoff = new Backoff(workers.clock());
        Delivering delivering = new Delivering(store, new Released(topics), backoff, arrivals::ring);
        List<LevelQueue> queues = IntStream.rangeClosed(1, count)
                .mapToObj(level -> new LevelQueue(
                        level,
                        new DueTimes(queueOf(level), levels.delayOf(level), store, arrivals, workers.clock()),
                        offsets,
                        delivering))
                .toList();
        DeliveryWorker worker = new DeliveryWorker(queues, backoff, workers.clock());
        RungWorker thread = workers.take("delay-delivery", worker, DelayedDelivery::failed);
        arrivals.listen(thread::ring);
        thread.start();
        return new DelayedDelivery(worker, thread, offsets, new OffsetSaving(offsets, file, store));
    }

    /** Saves how far the levels have come, as far as what they delivered is safe. One thread at a time, with close. */
    public void save() {
        saving.save();
    }

    /** The next offset of each level and the end of its queue, by level, for operators. */
    public Map<Integer, QueueRange> progress(MessageStore store) {
        Map<Integer, QueueRange> progress = new TreeMap<>();
        offsets.snapshot()
                .offsets()
                .forEach((level, next) -> progress.put(
                        level, new QueueRange(next, store.range(queueOf(level)).maxOffset())));
        return progress;
    }

    /** Ends the thread after the message it is at, and saves how far the levels have come. */
    @Override
    public void close() {
        thread.close();
        worker.close();
        saving.saveLast();
    }

    // A level that is no longer configured may still have messages waiting.
    private static int levelsWithQueues(MessageStore store) {
        return store.queues().stream()
                .filter(queue -> queue.topic().equals(TopicNames.SCHEDULE))
                .mapToInt(queue -> queue.queueId() + 1)
                .filter(level -> level <= DelayLevels.COUNT_MAX)
                .max()
                .orElse(0);
    }

    private static void restore(LevelOffsets offsets, int count, MessageStore store, DelayOffsetsFile file)
            throws IOException {
        Optional<Map<Integer, Long>> saved = file.read();
        for (int level = 1; level <= count; level++) {
            QueueRange range = store.range(queueOf(level));
            offsets.passed(level, saved.map(Map::copyOf).orElse(Map.of()).getOrDefault(level, range.minOffset()));
            if (saved.isEmpty() && range.maxOffset() > range.minOffset()) {
                log.warn(
                        "File of delay offsets is missing: all that the log holds of a level is delivered, again"
                                + " perhaps. file={} level={} messages={}",
                        file.path(),
                        level,
                        range.maxOffset() - range.minOffset());
            }
        }
        file.save(offsets.snapshot().offsets()); // from now on a missing file is a lost one
    }

    private static TopicQueue queueOf(int level) {
        return new TopicQueue(TopicNames.SCHEDULE, level - 1);
    }

    private static void failed(Throwable cause) {
        log.error("Messages of delay levels are not delivered until the broker is started again.", cause);
    }
}
