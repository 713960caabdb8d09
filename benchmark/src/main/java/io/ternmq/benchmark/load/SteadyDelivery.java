package io.ternmq.benchmark.load;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.LongPredicate;

/** A producer that sends at a steady rate to a push consumer that waits for it. Owns both; used by one thread. */
final class SteadyDelivery implements AutoCloseable {
    private static final long READY_LIMIT_SECONDS = 120;
    private static final long LAST_DELIVERY_LIMIT_SECONDS = 30;

    /** Messages that a consumer has heard before it is measured; by then it has every queue of a topic of usual size. */
    private static final int CALLS = 32;

    private static final int STAMP_BYTES = Long.BYTES;
    private static final int SEED = 1024;

    private final Order order;
    private final String topic;
    private final byte[] filler;
    private final Arrivals arrivals = new Arrivals();
    private final AtomicLong failures = new AtomicLong(); // any thread of the library
    private final LoadClient.Producer producer;
    private final LoadClient.Running consumer;

    /** Starts both, and returns once the consumer hears what is sent. */
    SteadyDelivery(LoadClient client, Order order, String topic, String group) throws Exception {
        this.order = order;
        this.topic = topic;
        filler = new byte[Math.max(0, order.bodyBytes() - STAMP_BYTES)];
        new Random(SEED).nextBytes(filler);
        producer = client.producer(order.nameServers());
        try {
            producer.send(topic, stamped(System.nanoTime())); // makes the topic if there is none
            consumer = client.consumer(order.nameServers(), topic, group, arrivals);
        } catch (Exception e) {
            producer.close();
            throw e;
        }
        try {
            for (int call = 0; call < CALLS; call++) {
                long called = System.nanoTime();
                producer.send(topic, stamped(called));
                Waiting.until("a call is heard", READY_LIMIT_SECONDS, () -> arrivals.newest() - called >= 0);
            }
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    /**
     * Sends and measures. Each message is due at its moment, however late the one before it was, and its latency counts
     * from that moment.
     *
     * @param goesOn whether one more is sent, given how many have been
     */
    Measured measure(LongPredicate goesOn) throws Exception {
        Window window = Window.open(order.brokerPid());
        arrivals.measureInto(window);
        long sent = 0;
        for (; goesOn.test(sent); sent++) {
            long due = window.startNanos() + sent * TimeUnit.SECONDS.toNanos(1) / order.rate();
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            producer.sendAsync(topic, stamped(due), failure -> {
                if (failure != null) {
                    failures.incrementAndGet();
                }
            });
        }
        long all = sent;
        Waiting.until(
                "all are delivered", LAST_DELIVERY_LIMIT_SECONDS, () -> arrivals.measured() >= all - failures.get());
        return new Measured(window, arrivals.measured(), failures.get());
    }

    /**
     * What was measured, in a window that is still open.
     *
     * @param delivered messages that were handed over in it
     * @param failures sends that failed
     */
    record Measured(Window window, long delivered, long failures) {}

    private byte[] stamped(long nanos) {
        return ByteBuffer.allocate(STAMP_BYTES + filler.length)
                .putLong(nanos)
                .put(filler)
                .array();
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }

    /** What a consumer was given, by the moment at which it was due to be sent. Any thread. */
    private static final class Arrivals implements LoadClient.Deliveries {
        private final AtomicLong newest = new AtomicLong(System.nanoTime());
        private final AtomicLong measured = new AtomicLong();
        private volatile Window window; // written once, by the thread that measures

        @Override
        public void delivered(int count, IntFunction<byte[]> body) {
            Window open = window;
            for (int index = 0; index < count; index++) {
                long due = ByteBuffer.wrap(body.apply(index)).getLong();
                newest.accumulateAndGet(due, Math::max);
                if (open != null && due - open.startNanos() >= 0) {
                    open.answered(due);
                    measured.incrementAndGet();
                }
            }
        }

        void measureInto(Window opened) {
            window = opened;
        }

        long newest() {
            return newest.get();
        }

        long measured() {
            return measured.get();
        }
    }
}
