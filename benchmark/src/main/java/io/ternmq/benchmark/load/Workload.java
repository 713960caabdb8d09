package io.ternmq.benchmark.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Carries out one {@link Order} that sends, with one client library. Owns the threads it sends with, for the time of the run. */
final class Workload {
    private static final long DRAIN_LIMIT_SECONDS = 60;
    private static final int SEED = 1024;

    private final LoadClient client;
    private final Order order;
    private final Consumer<String> notices;
    private final AtomicLong claimed = new AtomicLong();
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicReference<Throwable> firstFailure = new AtomicReference<>();

    /** @param notices takes what whoever reads the figures should know, on any thread */
    Workload(LoadClient client, Order order, Consumer<String> notices) {
        this.client = client;
        this.order = order;
        this.notices = notices;
    }

    Measurement run() throws Exception {
        byte[] body = new byte[order.bodyBytes()];
        new Random(SEED).nextBytes(body); // Incompressible, and no larger after compression is tried.
        try (LoadClient.Producer producer = client.producer(order.nameServers())) {
            sendFirst(producer, body);
            Window window = Window.open(order.brokerPid());
            long deadline = window.startNanos() + TimeUnit.MILLISECONDS.toNanos(order.millis());
            switch (order.mode()) {
                case ASYNC -> sendAsync(producer, body, window, deadline);
                case SYNC -> onThreads(() -> sendSync(producer, body, window, deadline));
                case BATCH -> onThreads(() -> sendBatches(producer, body, window, deadline));
                case CONSUME, DELIVER, BESIDE, WAIT, IDLE -> throw new AssertionError("not a way of sending");
            }
            Measurement measurement = window.close(stored.get(), failures.get());
            if (stored.get() == 0) {
                throw new IllegalStateException("nothing was stored", firstFailure.get());
            }
            return measurement;
        }
    }

    // Makes the connection, and the topic if there is none, outside of what is measured.
    private void sendFirst(LoadClient.Producer producer, byte[] body) {
        try {
            producer.send(order.topic(), body);
        } catch (Exception e) {
            failed(e);
        }
    }

    private boolean claim(int messages, long deadline) {
        return System.nanoTime() - deadline < 0 && claimed.getAndAdd(messages) < order.messages();
    }

    private void sendSync(LoadClient.Producer producer, byte[] body, Window window, long deadline) {
        while (claim(1, deadline)) {
            long sentNanos = System.nanoTime();
            try {
                producer.send(order.topic(), body);
                window.answered(sentNanos);
                stored.incrementAndGet();
            } catch (Exception e) {
                failed(e);
            }
        }
    }

    private void sendBatches(LoadClient.Producer producer, byte[] body, Window window, long deadline) {
        List<byte[]> bodies = Collections.nCopies(order.batch(), body);
        while (claim(order.batch(), deadline)) {
            long sentNanos = System.nanoTime();
            try {
                producer.sendBatch(order.topic(), bodies);
                window.answered(sentNanos);
                stored.addAndGet(order.batch());
            } catch (Exception e) {
                failed(e);
            }
        }
    }

    private void sendAsync(LoadClient.Producer producer, byte[] body, Window window, long deadline) throws Exception {
        Unanswered unanswered = new Unanswered(order.window());
        while (claim(1, deadline)) {
            unanswered.sending();
            long sentNanos = System.nanoTime();
            producer.sendAsync(order.topic(), body, failure -> {
                if (failure == null) {
                    window.answered(sentNanos);
                    stored.incrementAndGet();
                } else {
                    failed(failure);
                }
                unanswered.answered();
            });
        }
        if (!unanswered.awaitNone(DRAIN_LIMIT_SECONDS)) {
            throw new IllegalStateException("sends still unanswered after " + DRAIN_LIMIT_SECONDS + " s");
        }
    }

    private void failed(Throwable failure) {
        failures.incrementAndGet();
        if (firstFailure.compareAndSet(null, failure)) {
            notices.accept("a send failed, the first of this run: " + failure);
        }
    }

    private void onThreads(Runnable sending) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < order.threads(); i++) {
            Thread thread = new Thread(sending, "load-" + i);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
