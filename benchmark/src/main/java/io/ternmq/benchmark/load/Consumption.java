package io.ternmq.benchmark.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Carries out one {@link Order} in which push consumers are measured. Owns them for the time of the run. */
final class Consumption {
    private static final long READY_LIMIT_SECONDS = 120;

    /** Deliveries beside a drain of which a 99th percentile says something. */
    private static final long STEADY_MIN = 1_000;

    private static final int STAMP_BYTES = Long.BYTES;

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
            case BESIDE -> beside();
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
        long count = Math.min(order.messages(), TimeUnit.MILLISECONDS.toSeconds(order.millis() * order.rate()));
        return steadily(order.topic(), steady -> {
            SteadyDelivery.Measured measured = steady.measure(sent -> sent < count);
            return measured.window().close(measured.delivered(), measured.failures());
        });
    }

    private Measurement beside() throws Exception {
        return steadily(order.topic() + "Live", this::besideOld);
    }

    // As deliver, from the first delivery of what lies there until all of that is consumed.
    private Measurement besideOld(SteadyDelivery steady) throws Exception {
        AtomicLong consumed = new AtomicLong();
        AtomicLong before = new AtomicLong(); // the window
        long limitSeconds = TimeUnit.MILLISECONDS.toSeconds(order.millis());
        LoadClient.Running consumer = client.consumer(
                order.nameServers(), order.topic(), group + "-old", (count, body) -> consumed.addAndGet(count));
        try (consumer) {
            Waiting.until("the first old message comes", READY_LIMIT_SECONDS, () -> consumed.get() > 0);
            SteadyDelivery.Measured measured = steady.measure(sent -> {
                if (sent == 0) {
                    before.set(consumed.get());
                }
                return consumed.get() < order.messages() && sent < limitSeconds * order.rate();
            });
            long old = consumed.get();
            if (old < order.messages()) {
                throw new IllegalStateException(
                        "consumed " + old + " of " + order.messages() + " messages in " + limitSeconds + " s");
            }
            if (measured.delivered() < STEADY_MIN) {
                throw new IllegalStateException("only " + measured.delivered() + " messages were delivered beside the "
                        + order.messages() + " old ones: expected at least " + STEADY_MIN + "; drain more");
            }
            return measured.window().close(measured.delivered() + old - before.get(), measured.failures());
        }
    }

    /** Measures in the presence of a producer and of a consumer that hears what it sends. */
    @FunctionalInterface
    private interface Steadily {
        Measurement measure(SteadyDelivery steady) throws Exception;
    }

    private Measurement steadily(String topic, Steadily what) throws Exception {
        try (LoadClient.Producer producer = client.producer(order.nameServers())) {
            SteadyDelivery steady = new SteadyDelivery(producer, order, topic);
            steady.sendFirst();
            LoadClient.Running consumer = client.consumer(order.nameServers(), topic, group, steady);
            try (consumer) {
                steady.awaitHeard();
                return what.measure(steady);
            }
        }
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
            Waiting.until("all consumers have heard", READY_LIMIT_SECONDS, () -> heard.get() == order.waiting());
            TimeUnit.MILLISECONDS.sleep(order.settleMillis()); // nothing tells when a JVM has compiled: time is given
            Window window = Window.open(order.brokerPid());
            TimeUnit.MILLISECONDS.sleep(order.millis());
            return window.close(0, 0);
        } finally {
            consumers.forEach(LoadClient.Running::close);
        }
    }
}
