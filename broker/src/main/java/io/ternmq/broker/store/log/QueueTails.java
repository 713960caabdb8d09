package io.ternmq.broker.store.log;

import io.ternmq.broker.store.TopicQueue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The next offset of each queue. Owned by the holder of the writer's pen, who alone reads and changes it. */
public final class QueueTails {
    private static final int QUEUES_FIRST = 8;

    private final Map<String, long[]> tailsByTopic = new HashMap<>();

    /**
     * The next offsets of a topic's queues by their ids, 0 for a queue not seen yet; there is room for this one. To be
     * read and changed in place, until the next call.
     */
    long[] of(String topic, int queueId) {
        long[] tails = tailsByTopic.get(topic);
        if (tails != null && queueId < tails.length) {
            return tails;
        }
        long[] more = tails == null
                ? new long[Math.max(QUEUES_FIRST, queueId + 1)]
                : Arrays.copyOf(tails, Math.max(queueId + 1, tails.length * 2));
        tailsByTopic.put(topic, more);
        return more;
    }

    /** At start: a queue goes on where recovery found its end. */
    public void seed(TopicQueue queue, long next) {
        of(queue.topic(), queue.queueId())[queue.queueId()] = next;
    }

    /** The topic is gone: should it come again, its queues begin at 0. */
    void drop(String topic) {
        tailsByTopic.remove(topic);
    }
}
