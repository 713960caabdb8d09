package io.ternmq.benchmark.load;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/** Carries out one {@link Order} in which push consumers are measured. Owns them for the time of the run. */
final class Consumption {
    private static final long READY_LIMIT_SECONDS = 120;
    private static final long LAST_DELIVERY_LIMIT_SECONDS = 30;
    private static final long LOOK_INTERVAL_NANOS = 1_000_000;

    /** Messages that a consumer has heard before it is measured; by then it has every queue of a topic of usual size. */
    private static final int CALLS = 32;

    private static final int STAMP_BYTES = Long.BYTES;
    private static final int SEED = 1024;

    private final LoadClient client;
    private final Order order;
    private final String group;

    Consumption(LoadClient client, Order order) {
        this.client = client;
        this.order = order;
        this.group = order.mode() + "-" + order.topic() + "-" + System.nanoTime();
    }

    Measurement run() throws Exception {
        return switch (order.mode()) {
            case CONSUME -> consume();
            case DELIVER -> deliver();
            case WAIT -> waiting();
            case SYNC, ASYNC, BATCH, IDLE -> throw new AssertionError("not a way of consuming");
        };
    }

    private Measurement consume() throws Exception {
        AtomicReference<Window> window = new AtomicReference<>();
        AtomicReference<Measurement> measurement = new AtomicReference<>();
        CountDownLatch drained = new CountDownLatch(1);
        AtomicLong consumed = new AtomicLong();
        AtomicLong beforeWindow = new AtomicLong();
        // The window opens with the first delivery: how long a member takes to join its group is not measured here.
        LoadClient.Deliveries deliveries = (count, body) -> {
            synchronized (window) {
                if (window.get() == null) {
                    beforeWindow.set(count);
                    window.set(Window.open(order.brokerPid()));
                }
            }
            if (consumed.addAndGet(count) >= order.messages() && drained.getCount() > 0) {
                synchronized (window) {
                    if (measurement.get() == null) {
                        measurement.set(window.get().close(consumed.get() - beforeWindow.get(), 0));
                    }
                }
                drained.countDown();
            }
        };
        LoadClient.Running consumer = client.consumer(order.nameServers(), order.topic(), group, deliveries);
        try (consumer) {
            if (!drained.await(order.millis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "consumed " + consumed + " of " + order.messages() + " messages in " + order.millis() + " ms");
            }
        }
        return measurement.get();
    }

    private Measurement deliver() throws Exception {
        Arrivals arrivals = new Arrivals();
        byte[] filler = new byte[Math.max(0, order.bodyBytes() - STAMP_BYTES)];
        new Random(SEED).nextBytes(filler);
        try (LoadClient.Producer producer = client.producer(order.nameServers())) {
            producer.send(order.topic(), stamped(System.nanoTime(), filler)); // makes the topic if there is none
            LoadClient.Running consumer = client.consumer(order.nameServers(), order.topic(), group, arrivals);
            try (consumer) {
                for (int call = 0; call < CALLS; call++) {
                    long called = System.nanoTime();
                    producer.send(order.topic(), stamped(called, filler));
                    awaitUntil("a call is heard", READY_LIMIT_SECONDS, () -> arrivals.newest() - called >= 0);
                }
                Window window = Window.open(order.brokerPid());
                arrivals.measureInto(window);
                AtomicLong failures = new AtomicLong();
                long sent = sendAtItsRate(producer, filler, window.startNanos(), failures);
                awaitUntil(
                        "all are delivered",
                        LAST_DELIVERY_LIMIT_SECONDS,
                        () -> arrivals.measured() >= sent - failures.get());
                return window.close(arrivals.measured(), failures.get());
            }
        }
    }

    // Each is due at its moment, however late the one before it was, and its latency counts from that moment.
    private long sendAtItsRate(LoadClient.Producer producer, byte[] filler, long start, AtomicLong failures)
            throws Exception {
        long count = Math.min(order.messages(), TimeUnit.MILLISECONDS.toSeconds(order.millis() * order.rate()));
        for (long sent = 0; sent < count; sent++) {
            long due = start + sent * TimeUnit.SECONDS.toNanos(1) / order.rate();
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            producer.sendAsync(order.topic(), stamped(due, filler), failure -> {
                if (failure != null) {
                    failures.incrementAndGet();
                }
            });
        }
        return count;
    }

    private static byte[] stamped(long nanos, byte[] filler) {
        return ByteBuffer.allocate(STAMP_BYTES + filler.length)
                .putLong(nanos)
                .put(filler)
                .array();
    }

    private Measurement waiting() throws Exception {
        List<LoadClient.Running> consumers = new ArrayList<>();
        AtomicLong heard = new AtomicLong();
        try (LoadClient.Producer producer = client.producer(order.nameServers())) {
            producer.send(order.topic(), new byte[STAMP_BYTES]);
            for (int i = 0; i < order.waiting(); i++) {
                boolean[] hasHeard = new boolean[1];
                consumers.add(client.consumer(order.nameServers(), order.topic(), group + "-" + i, (count, body) -> {
                    synchronized (hasHeard) {
                        if (!hasHeard[0]) {
                            hasHeard[0] = true;
                            heard.incrementAndGet();
                        }
                    }
                }));
            }
            awaitUntil("all consumers have heard", READY_LIMIT_SECONDS, () -> heard.get() == order.waiting());
            TimeUnit.MILLISECONDS.sleep(order.settleMillis()); // nothing tells when a JVM has compiled: time is given
            Window window = Window.open(order.brokerPid());
            TimeUnit.MILLISECONDS.sleep(order.millis());
            return window.close(0, 0);
        } finally {
            consumers.forEach(LoadClient.Running::close);
        }
    }

    private static void awaitUntil(String what, long limitSeconds, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(limitSeconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("not within " + limitSeconds + " s: " + what);
            }
            LockSupport.parkNanos(LOOK_INTERVAL_NANOS);
        }
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
