package io.ternmq.broker.store.log;

import io.ternmq.broker.store.TopicQueue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The next offset of each queue. Owned by the holder of the writer's pen, who alone reads and changes it. */
public final class QueueTails {
    private static final int QUEUES_FIRST = 8;

    private final Map<String, long[]> tailsByTopic = new HashMap<>();

    /** The offset that the next message of this queue gets; 0 for a queue not seen yet. */
    long next(String topic, int queueId) {
        long[] tails = tailsByTopic.get(topic);
        return tails == null || queueId >= tails.length ? 0 : tails[queueId];
    }

    void advance(String topic, int queueId, long next) {
        long[] tails = tailsByTopic.get(topic);
        if (tails == null) {
            tails = new long[Math.max(QUEUES_FIRST, queueId + 1)];
            tailsByTopic.put(topic, tails);
        } else if (queueId >= tails.length) {
            tails = Arrays.copyOf(tails, Math.max(queueId + 1, tails.length * 2));
            tailsByTopic.put(topic, tails);
        }
        tails[queueId] = next;
    }

    /** At start: a queue goes on where recovery found its end. */
    public void seed(TopicQueue queue, long next) {
        advance(queue.topic(), queue.queueId(), next);
    }

    /** The topic is gone: should it come again, its queues begin at 0. */
    void drop(String topic) {
        tailsByTopic.remove(topic);
    }
}
