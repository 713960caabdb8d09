package io.ternmq.client.consumer.consumption;

import io.ternmq.client.consumer.pulling.ProcessQueue;
import io.ternmq.client.consumer.pulling.QueuePuller;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches for messages that hold their queue's progress up, and names them: once in the log when one does so for too
 * long, and for as long as it does in what tools are told. Owns what it saw at its last look. One thread looks, any reads.
 */
public final class Standstill {
    private static final Logger log = LoggerFactory.getLogger(Standstill.class);

    private final String group;
    private final Duration patience;
    private final Clock clock;
    private volatile Map<MessageQueue, Front> fronts = Map.of(); // written by the thread that looks

    /**
     * The first message of a queue that is not done with.
     *
     * @param sinceMillis wall time of the listener's first call with it; if there was none, when it was first seen here
     * @param isNamed whether the log has it
     */
    private record Front(ProcessQueue.Held held, long sinceMillis, boolean isNamed) {}

    /**
     * Begins to watch.
     *
     * @param patience how long a message may be first before it is named; zero for ever
     */
    public Standstill(String group, Duration patience, Clock clock) {
        this.group = group;
        this.patience = patience;
        this.clock = clock;
    }

    /** Looks at all queues; called each second. */
    public void look(Collection<QueuePuller> pullers) {
        Map<MessageQueue, Front> now = new HashMap<>();
        for (QueuePuller puller : pullers) {
            puller.processQueue().oldest().ifPresent(held -> now.put(puller.queue(), frontOf(puller, held)));
        }
        fronts.forEach((queue, before) -> {
            if (before.isNamed && !isSame(now.get(queue), before.held)) {
                log.info("Queue goes on. group={} queue={} pastOffset={}", group, queue, offsetOf(before));
            }
        });
        fronts = Map.copyOf(now);
    }

    /** What holds up each queue that stands still now, for people to read. */
    public Map<String, String> describe() {
        Map<String, String> texts = new TreeMap<>();
        fronts.forEach((queue, front) -> {
            if (front.isNamed) {
                texts.put(
                        "blocked " + queue.getTopic() + " " + queue.getBrokerName() + " " + queue.getQueueId(),
                        describe(front));
            }
        });
        return texts;
    }

    private Front frontOf(QueuePuller puller, ProcessQueue.Held held) {
        Front before = fronts.get(puller.queue());
        boolean isSame = isSame(before, held);
        long seenMillis = isSame ? before.sinceMillis : clock.wallMillis();
        long sinceMillis = held.firstMillis() > 0 ? held.firstMillis() : seenMillis;
        boolean isNamed = isSame && before.isNamed;
        Front front = new Front(held, sinceMillis, isNamed);
        if (isNamed || patience.isZero() || clock.wallMillis() - sinceMillis < patience.toMillis()) {
            return front;
        }
        log.warn(
                "Queue stands still: one message holds it up. group={} queue={} {} consumeStandstillWarnMillis={}",
                group,
                puller.queue(),
                describe(front),
                patience.toMillis());
        return new Front(held, sinceMillis, true);
    }

    private static boolean isSame(Front front, ProcessQueue.Held held) {
        return front != null && front.held == held;
    }

    private static long offsetOf(Front front) {
        return front.held.message().getQueueOffset();
    }

    private String describe(Front front) {
        Optional<Thread> thread = front.held.thread();
        return "offset=" + offsetOf(front)
                + " msgId=" + front.held.message().getMsgId()
                + " since=" + Instant.ofEpochMilli(front.sinceMillis)
                + " forMillis=" + (clock.wallMillis() - front.sinceMillis)
                + " reconsumeTimes=" + front.held.message().getReconsumeTimes()
                + thread.map(Standstill::describe)
                        .orElse(
                                front.held.firstMillis() > 0
                                        ? " waits to come again"
                                        : " waits for a thread or its lock");
    }

    private static String describe(Thread thread) {
        String stack = Arrays.stream(thread.getStackTrace())
                .map(frame -> "\n  at " + frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName()
                        + ":" + frame.getLineNumber() + ")")
                .collect(Collectors.joining());
        return " thread=" + thread.getName() + " state=" + thread.getState() + stack;
    }
}
