package io.ternmq.benchmark.load;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.LongPredicate;

/**
 * Messages that are sent at a steady rate, and what a push consumer that waits for them hears. Owns neither producer nor
 * consumer. Used by one thread; hears on any.
 */
final class SteadyDelivery implements LoadClient.Deliveries {
    private static final long READY_LIMIT_SECONDS = 120;
    private static final long LAST_DELIVERY_LIMIT_SECONDS = 30;

    /** Messages that a consumer has heard before it is measured; by then it has every queue of a topic of usual size. */
    private static final int CALLS = 32;

    private static final int STAMP_BYTES = Long.BYTES;
    private static final int SEED = 1024;

    private final LoadClient.Producer producer;
    private final Order order;
    private final String topic;
    private final byte[] filler;
    private final AtomicLong failures = new AtomicLong(); // any thread of the library
    private final AtomicLong newest = new AtomicLong(System.nanoTime()); // when the newest that was heard was due
    private final AtomicLong heard = new AtomicLong(); // of those that are measured
    private volatile Window window; // written once, by the thread that measures

    SteadyDelivery(LoadClient.Producer producer, Order order, String topic) {
        this.producer = producer;
        this.order = order;
        this.topic = topic;
        filler = new byte[Math.max(0, order.bodyBytes() - STAMP_BYTES)];
        new Random(SEED).nextBytes(filler);
    }

    /** Sends one message, which makes the topic if there is none. */
    void sendFirst() throws Exception {
        producer.send(topic, stamped(System.nanoTime()));
    }

    /** Returns once the consumer hears at once what is sent. */
    void awaitHeard() throws Exception {
        for (int call = 0; call < CALLS; call++) {
            long called = System.nanoTime();
            producer.send(topic, stamped(called));
            Waiting.until("a call is heard", READY_LIMIT_SECONDS, () -> newest.get() - called >= 0);
        }
    }

    /**
     * Sends and measures. Each message is due at its moment, however late the one before it was, and its latency counts
     * from that moment.
     *
     * @param goesOn whether one more is sent, given how many have been; asked first right behind the opening of the window
     */
    Measured measure(LongPredicate goesOn) throws Exception {
        Window opened = Window.open(order.brokerPid());
        window = opened;
        long sent = 0;
        for (; goesOn.test(sent); sent++) {
            long due = opened.startNanos() + sent * TimeUnit.SECONDS.toNanos(1) / order.rate();
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
        Waiting.until("all are delivered", LAST_DELIVERY_LIMIT_SECONDS, () -> heard.get() >= all - failures.get());
        return new Measured(opened, heard.get(), failures.get());
    }

    /**
     * What was measured, in a window that is still open.
     *
     * @param delivered messages that were handed over in it
     * @param failures sends that failed
     */
    record Measured(Window window, long delivered, long failures) {}

    @Override
    public void delivered(int count, IntFunction<byte[]> body) {
        Window open = window;
        for (int index = 0; index < count; index++) {
            long due = ByteBuffer.wrap(body.apply(index)).getLong();
            newest.accumulateAndGet(due, Math::max);
            if (open != null && due - open.startNanos() >= 0) {
                open.answered(due);
                heard.incrementAndGet();
            }
        }
    }

    private byte[] stamped(long nanos) {
        return ByteBuffer.allocate(STAMP_BYTES + filler.length)
                .putLong(nanos)
                .put(filler)
                .array();
    }
}
