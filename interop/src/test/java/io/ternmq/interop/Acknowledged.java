package io.ternmq.interop;

import io.ternmq.interop.api.ClientFailure;
import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.Queue;
import io.ternmq.interop.api.Sent;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends numbered messages without pause, until closed, and remembers where each acknowledged one lies. Owns one thread, and
 * the records, which others read at any time.
 */
final class Acknowledged implements AutoCloseable {
    private static final String STORED = "SEND_OK";
    private static final long JOIN_MILLIS = 60_000;

    private final ProducerHandle producer;
    private final String topic;
    private final Map<Place, String> textByPlace = new ConcurrentHashMap<>();
    private final Thread sender;
    private volatile boolean closed; // Written by the test's thread, read by the sender.

    /**
     * Where a message lies.
     *
     * @param queue of the topic
     * @param offset in that queue
     */
    record Place(Queue queue, long offset) {}

    Acknowledged(ProducerHandle producer, String topic) {
        this.producer = producer;
        this.topic = topic;
        sender = new Thread(this::send, "sender");
        sender.start();
    }

    private void send() {
        for (int i = 0; !closed; i++) {
            String text = "message " + i;
            acknowledged(text).ifPresent(place -> textByPlace.put(place, text));
        }
    }

    private Optional<Place> acknowledged(String text) {
        try {
            Sent sent = producer.send(OutMessage.of(topic, text));
            return sent.status().equals(STORED)
                    ? Optional.of(new Place(sent.queue(), sent.queueOffset()))
                    : Optional.empty();
        } catch (ClientFailure unacknowledged) {
            // The broker is away: this message may be stored or not, and is demanded of nobody.
            return Optional.empty();
        }
    }

    int count() {
        return textByPlace.size();
    }

    Map<Place, String> textByPlace() {
        return textByPlace;
    }

    @Override
    public void close() {
        closed = true;
        try {
            sender.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the last send ends", e);
        }
        if (sender.isAlive()) {
            throw new AssertionError("a send has not ended within " + JOIN_MILLIS + " ms");
        }
    }
}
