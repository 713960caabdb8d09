package io.ternmq.interop;

import io.ternmq.interop.api.AdminHandle.GroupSpec;
import io.ternmq.interop.api.AdminHandle.TopicSpec;
import io.ternmq.interop.api.Queue;
import io.ternmq.interop.api.Received;
import java.util.List;
import java.util.Map;

/**
 * All that clients can see of a store, as the official client 5.5.0 sees it.
 *
 * @param topics by name, without those that brokers make for themselves
 * @param groups by name, without those that brokers make for themselves
 * @param ranges first and next offset of each queue
 * @param committed offsets by group and queue
 * @param messages of all queues, from the first to the last
 */
record StoreContent(
        Map<String, TopicSpec> topics,
        Map<String, GroupSpec> groups,
        Map<Queue, Range> ranges,
        Map<String, Map<Queue, Long>> committed,
        List<Received> messages) {

    /**
     * Offsets of a queue.
     *
     * @param min of the first message
     * @param max after the last one
     */
    record Range(long min, long max) {}

    long nextOffset(Queue queue) {
        return ranges.get(queue).max();
    }

    /** Short, for reports of differences, which name those in full. */
    @Override
    public String toString() {
        return messages.size() + " messages in " + ranges.size() + " queues";
    }
}
