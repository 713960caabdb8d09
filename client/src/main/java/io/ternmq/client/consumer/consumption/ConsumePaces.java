package io.ternmq.client.consumer.consumption;

import io.ternmq.common.time.Clock;
import io.ternmq.remoting.protocol.session.ConsumePace;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** How fast a consumer is, by topic. Owns the counts. Any thread may count and read; one thread takes samples. */
public final class ConsumePaces {
    private final Clock clock;
    private final ConcurrentMap<String, Counts> topics = new ConcurrentHashMap<>();

    /** Counts of one topic, and the pace between the last two samples. */
    private static final class Counts {
        private final LongAdder pulled = new LongAdder();
        private final LongAdder consumed = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private final LongAdder listenerNanos = new LongAdder();
        private volatile Sample last; // written by the sampling thread
        private volatile ConsumePace pace = new ConsumePace(0, 0, 0, 0, 0, 0); // written by the sampling thread

        private Counts(long nowNanos) {
            last = new Sample(nowNanos, 0, 0, 0, 0);
        }
    }

    private record Sample(long atNanos, long pulled, long consumed, long failed, long listenerNanos) {}

    public ConsumePaces(Clock clock) {
        this.clock = clock;
    }

    public void pulled(String topic, int messages) {
        counts(topic).pulled.add(messages);
    }

    public void consumed(String topic, int messages, int failed, long tookNanos) {
        Counts counts = counts(topic);
        counts.consumed.add(messages);
        counts.failed.add(failed);
        counts.listenerNanos.add(tookNanos);
    }

    /** Computes paces since the last sample. */
    public void sample() {
        topics.values().forEach(counts -> {
            Sample now = new Sample(
                    clock.monotonicNanos(),
                    counts.pulled.sum(),
                    counts.consumed.sum(),
                    counts.failed.sum(),
                    counts.listenerNanos.sum());
            counts.pace = pace(counts.last, now);
            counts.last = now;
        });
    }

    public Map<String, ConsumePace> all() {
        Map<String, ConsumePace> paces = new HashMap<>();
        topics.forEach((topic, counts) -> paces.put(topic, counts.pace));
        return paces;
    }

    private static ConsumePace pace(Sample before, Sample now) {
        double seconds = (now.atNanos - before.atNanos) / (double) TimeUnit.SECONDS.toNanos(1);
        if (seconds <= 0) {
            return new ConsumePace(0, 0, 0, 0, 0, now.failed);
        }
        long ended = now.consumed - before.consumed + now.failed - before.failed;
        double meanNanos = ended == 0 ? 0 : (now.listenerNanos - before.listenerNanos) / (double) ended;
        return new ConsumePace(
                0,
                (now.pulled - before.pulled) / seconds,
                meanNanos / TimeUnit.MILLISECONDS.toNanos(1),
                (now.consumed - before.consumed) / seconds,
                (now.failed - before.failed) / seconds,
                now.failed);
    }

    private Counts counts(String topic) {
        Counts known = topics.get(topic);
        return known != null ? known : topics.computeIfAbsent(topic, name -> new Counts(clock.monotonicNanos()));
    }
}
