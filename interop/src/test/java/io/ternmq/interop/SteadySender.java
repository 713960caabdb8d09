package io.ternmq.interop;

import io.ternmq.interop.api.ClientFailure;
import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.ProducerHandle;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Sends a message every few milliseconds until it is stopped. Owns its thread and what it has sent. */
final class SteadySender implements AutoCloseable {
    private final ProducerHandle producer;
    private final String topic;
    private final Duration pause;
    private final Thread thread;
    private final Queue<String> sent = new ConcurrentLinkedQueue<>(); // what is stored for certain
    private volatile boolean isStopped; // set once by the test, read by the thread

    SteadySender(ProducerHandle producer, String topic, Duration pause) {
        this.producer = producer;
        this.topic = topic;
        this.pause = pause;
        this.thread = new Thread(this::sendUntilStopped, "steady-sender");
        thread.start();
    }

    private void sendUntilStopped() {
        for (int number = 0; !isStopped; number++) {
            String text = "m" + number;
            try {
                producer.send(OutMessage.of(topic, text));
                sent.add(text);
            } catch (ClientFailure mayBeStoredOrNot) {
                System.out.println("send of " + text + " failed: " + mayBeStoredOrNot.getMessage());
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    List<String> sent() {
        return List.copyOf(sent);
    }

    int count() {
        return sent.size();
    }

    /** Sends nothing more; what is sent is stored when this returns. */
    void stop() {
        isStopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
