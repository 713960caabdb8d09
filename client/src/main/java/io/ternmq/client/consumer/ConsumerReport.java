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
    private final Details details;

    /** What one kind of consumer adds. */
    interface Details {
        /** None. */
        Details NONE = new Details() {
            @Override
            public long lastLockMillis(MessageQueue queue) {
                return 0;
            }

            @Override
            public Map<String, String> texts() {
                return Map.of();
            }
        };

        /** Wall time at which the queue was last locked for this consumer; 0 if it is not. */
        long lastLockMillis(MessageQueue queue);

        /** For people to read. */
        Map<String, String> texts();
    }

    ConsumerReport(
            Map<String, String> properties,
            Subscriptions subscriptions,
            AssignedQueues assigned,
            GroupOffsets offsets,
            ConsumePaces paces,
            Details details) {
        this.properties = Map.copyOf(properties);
        this.subscriptions = subscriptions;
        this.assigned = assigned;
        this.offsets = offsets;
        this.paces = paces;
        this.details = details;
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
                details.texts(),
                withThreads ? Optional.of(threads()) : Optional.empty());
    }

    private QueueProgress progressOf(QueuePuller puller) {
        ProcessQueue.Snapshot held = puller.processQueue().snapshot();
        long lastLockMillis = details.lastLockMillis(puller.queue());
        return new QueueProgress(
                offsets.position(puller.queue()).orElse(0),
                held.minOffset(),
                held.maxOffset(),
                held.count(),
                (int) (held.bytes() / MEBIBYTE),
                lastLockMillis > 0,
                0,
                lastLockMillis,
                puller.processQueue().isDropped(),
                puller.lastPullMillis(),
                puller.processQueue().lastDoneMillis());
    }

    /** What every thread of the process is at. */
    static String threads() {
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
