package io.ternmq.client.consumer;

import io.ternmq.client.consumer.consumption.ConsumePaces;
import io.ternmq.client.consumer.offset.GroupOffsets;
import io.ternmq.client.consumer.pulling.ProcessQueue;
import io.ternmq.client.consumer.pulling.QueuePuller;
import io.ternmq.client.consumer.pulling.Subscriptions;
import io.ternmq.client.consumer.rebalance.AssignedQueues;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.session.QueueProgress;
import io.ternmq.remoting.protocol.session.RunningInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tells operators how a consumer is doing. Stateless but for what it looks at. */
final class ConsumerReport {
    private static final long MEBIBYTE = 1024 * 1024;

    private final Map<String, String> properties;
    private final Subscriptions subscriptions;
    private final AssignedQueues assigned;
    private final GroupOffsets offsets;
    private final ConsumePaces paces;

    ConsumerReport(
            Map<String, String> properties,
            Subscriptions subscriptions,
            AssignedQueues assigned,
            GroupOffsets offsets,
            ConsumePaces paces) {
        this.properties = Map.copyOf(properties);
        this.subscriptions = subscriptions;
        this.assigned = assigned;
        this.offsets = offsets;
        this.paces = paces;
    }

    RunningInfo write(boolean withThreads) {
        Map<MessageQueue, QueueProgress> queues = new TreeMap<>();
        for (QueuePuller puller : assigned.pullers()) {
            queues.put(puller.queue(), progressOf(puller));
        }
        return new RunningInfo(
                properties,
                subscriptions.all(),
                queues,
                paces.all(),
                Map.of(),
                withThreads ? Optional.of(threads()) : Optional.empty());
    }

    private QueueProgress progressOf(QueuePuller puller) {
        ProcessQueue.Snapshot held = puller.processQueue().snapshot();
        return new QueueProgress(
                offsets.position(puller.queue()).orElse(0),
                held.minOffset(),
                held.maxOffset(),
                held.count(),
                (int) (held.bytes() / MEBIBYTE),
                false,
                0,
                0,
                puller.processQueue().isDropped(),
                puller.lastPullMillis(),
                puller.processQueue().lastDoneMillis());
    }

    private static String threads() {
        Map<String, StackTraceElement[]> stacks = new LinkedHashMap<>();
        Thread.getAllStackTraces()
                .forEach((thread, stack) -> stacks.put(
                        thread.getName() + " TID: " + thread.getId() + " STATE: " + thread.getState(), stack));
        StringBuilder text = new StringBuilder();
        stacks.forEach((name, stack) -> {
            text.append(name).append('\n');
            for (StackTraceElement frame : stack) {
                text.append("  ").append(frame).append('\n');
            }
            text.append('\n');
        });
        return text.toString();
    }
}
