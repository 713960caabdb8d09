package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.interop.api.MessageListener;
import io.ternmq.interop.api.Received;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** A listener that keeps what a push consumer hands it. Called by the consumer's threads, read by the test's. */
final class Collected implements MessageListener {
    /**
     * What a consumer may take to get its first message: see {@link #awaitTexts}.
     */
    static final Duration TWO_HEARTBEATS = Duration.ofSeconds(75);

    private final Queue<Received> messages = new ConcurrentLinkedQueue<>();

    @Override
    public boolean consume(List<Received> received) {
        messages.addAll(received);
        return true;
    }

    List<Received> messages() {
        return List.copyOf(messages);
    }

    List<String> texts() {
        return messages.stream().map(Received::text).toList();
    }

    Set<Integer> queueIds() {
        return messages.stream().map(received -> received.queue().id()).collect(Collectors.toSet());
    }

    int count() {
        return messages.size();
    }

    void clear() {
        messages.clear();
    }

    /**
     * Waits until exactly these texts, each once, have come. Usually within a second; but an official consumer whose second
     * heartbeat is skipped (it logs "lock heartBeat, but failed") is told "subscription not latest" until its next, 30 s later.
     */
    void awaitTexts(Collection<String> expected) {
        await().atMost(TWO_HEARTBEATS)
                .untilAsserted(() -> assertThat(texts()).containsExactlyInAnyOrderElementsOf(expected));
    }
}
