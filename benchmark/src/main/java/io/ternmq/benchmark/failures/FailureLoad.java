package io.ternmq.benchmark.failures;

import io.ternmq.benchmark.load.LoadClient;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The load program: threads that each send at a steady pace, wait for each answer, and note it; one that waited long does not
 * make up for it. Runs until its input ends, then writes down all calls.
 */
public final class FailureLoad {
    /** Printed once the senders are at work. */
    static final String READY = "READY";

    private static final int BODY_BYTES = 1024;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LoadClient.SturdyProducer producer;
    private final String topic;
    private final long paceNanos;
    private final List<List<Call>> calls = new ArrayList<>(); // one list for each thread, its own until it has ended
    private volatile boolean isOver; // set once by the main thread, read by senders

    private FailureLoad(LoadClient.SturdyProducer producer, String topic, long paceNanos) {
        this.producer = producer;
        this.topic = topic;
        this.paceNanos = paceNanos;
    }

    /**
     * Runs.
     *
     * @param arguments class of the client, whether it avoids faults ({@code default}, {@code true}, {@code false}), name
     *     servers, topic, threads, sends a second of all, file for the calls
     */
    public static void main(String[] arguments) throws Exception {
        LoadClient client = Class.forName(arguments[0])
                .asSubclass(LoadClient.class)
                .getDeclaredConstructor()
                .newInstance();
        Boolean avoidsFaults = arguments[1].equals("default") ? null : Boolean.valueOf(arguments[1]);
        int threads = Integer.parseInt(arguments[4]);
        int perSecond = Integer.parseInt(arguments[5]);
        FailureLoad load = new FailureLoad(
                client.sturdyProducer(arguments[2], avoidsFaults), arguments[3], threads * SECOND_NANOS / perSecond);
        load.run(threads, Path.of(arguments[6]));
        System.exit(0); // The libraries' threads would keep the process.
    }

    private void run(int threads, Path output) throws IOException, InterruptedException {
        List<Thread> senders = new ArrayList<>();
        for (int number = 0; number < threads; number++) {
            List<Call> own = new ArrayList<>();
            calls.add(own);
            long firstNanos = System.nanoTime() + number * paceNanos / threads;
            senders.add(new Thread(() -> send(own, firstNanos), "load-" + number));
        }
        senders.forEach(Thread::start);
        System.out.println(READY);
        System.in.transferTo(OutputStream.nullOutputStream()); // Only its end says anything.
        isOver = true;
        for (Thread sender : senders) {
            sender.join();
        }
        Files.write(output, calls.stream().flatMap(List::stream).map(Call::line).toList());
    }

    private void send(List<Call> own, long firstNanos) {
        byte[] body = new byte[BODY_BYTES];
        long nextNanos = firstNanos;
        while (!isOver) {
            long nowNanos = System.nanoTime();
            if (nextNanos - nowNanos > 0) {
                LockSupport.parkNanos(nextNanos - nowNanos);
                continue;
            }
            nextNanos = nowNanos + paceNanos;
            own.add(call(body, nowNanos));
        }
    }

    private Call call(byte[] body, long beganNanos) {
        try {
            String broker = producer.send(topic, body);
            return Call.stored(beganNanos, System.nanoTime() - beganNanos, broker);
        } catch (Exception e) {
            return Call.failed(
                    beganNanos, System.nanoTime() - beganNanos, e.getClass().getSimpleName());
        }
    }
}
