package io.ternmq.interop;

import io.ternmq.interop.api.PullHandle;
import io.ternmq.interop.api.Pulled;
import io.ternmq.interop.api.Queue;
import io.ternmq.interop.api.Received;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads queues from their first to their last message. */
final class QueueReader {
    private static final int BATCH = 32;

    private QueueReader() {}

    static List<Received> readAll(PullHandle consumer, String topic) {
        List<Received> all = new ArrayList<>();
        consumer.queues(topic).stream()
                .sorted(Comparator.comparing(Queue::broker).thenComparing(Queue::id))
                .forEach(queue -> all.addAll(read(consumer, queue)));
        return all;
    }

    private static List<Received> read(PullHandle consumer, Queue queue) {
        List<Received> messages = new ArrayList<>();
        long end = consumer.maxOffset(queue);
        long next = consumer.minOffset(queue);
        while (next < end) {
            Pulled pulled = consumer.pull(queue, "*", next, BATCH);
            if (pulled.nextOffset() <= next) {
                throw new AssertionError("pull of " + queue + " at offset " + next + " with end " + end
                        + " made no progress: " + pulled.status());
            }
            messages.addAll(pulled.messages());
            next = pulled.nextOffset();
        }
        return messages;
    }
}
