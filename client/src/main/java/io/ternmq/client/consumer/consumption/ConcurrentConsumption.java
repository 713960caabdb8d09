package io.ternmq.client.consumer.consumption;

import io.ternmq.client.consumer.listener.ConsumeConcurrentlyContext;
import io.ternmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import io.ternmq.client.consumer.listener.MessageListenerConcurrently;
import io.ternmq.client.consumer.pulling.ProcessQueue;
import io.ternmq.client.consumer.pulling.QueuePuller;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.session.ConsumeOutcome;
import io.ternmq.remoting.protocol.session.ConsumeOutcome.Verdict;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands messages to the application on several threads at once, and sees to what follows: progress for what was
 * consumed, a later delivery for what was not. Owns the threads and the messages that wait for one; their number is
 * bounded by the limits of the queues they come from.
 */
public final class ConcurrentConsumption implements Consumption {
    private static final Logger log = LoggerFactory.getLogger(ConcurrentConsumption.class);
    private static final Duration LOCAL_RETRY_PAUSE = Duration.ofSeconds(5);
    private static final int OVERDUE_MAX = 16; // messages of one queue that a round of the clean-up gives back
    private static final int OVERDUE_LEVEL = 3; // of the delay table

    private final ConsumeSettings settings;
    private final MessageListenerConcurrently listener;
    private final ConsumeRooms rooms;
    private final ListenerCall calls;
    private final ListenerThreads threads;

    public ConcurrentConsumption(
            ConsumeSettings settings,
            MessageListenerConcurrently listener,
            ConsumeRooms rooms,
            ListenerThreads threads) {
        this.settings = settings;
        this.listener = listener;
        this.rooms = rooms;
        this.calls = new ListenerCall(settings, rooms);
        this.threads = threads;
    }

    @Override
    public void offer(QueuePuller from, List<ProcessQueue.Held> messages) {
        rooms.paces().pulled(from.queue().getTopic(), messages.size());
        int batchMax = settings.batchMax();
        for (int start = 0; start < messages.size(); start += batchMax) {
            int end = Math.min(messages.size(), start + batchMax);
            ConsumeBatch batch = new ConsumeBatch(from.queue(), from.processQueue(), messages.subList(start, end));
            threads.execute(() -> consume(batch));
        }
    }

    @Override
    public CompletableFuture<ConsumeOutcome> consumeDirectly(MessageQueue queue, MessageExt message) {
        return DirectConsumption.on(
                threads,
                () -> verdictOf(listener.consumeMessage(List.of(message), new ConsumeConcurrentlyContext(queue))),
                false,
                () -> true,
                rooms.clock());
    }

    @Override
    public boolean isBusy(MessageQueue queue) {
        return false; // messages of one queue may be with several members at once
    }

    @Override
    public void goOn(MessageQueue queue) {
        // Nothing waits for the queue.
    }

    @Override
    public ListenerThreads threads() {
        return threads;
    }

    @Override
    public void stop() {
        threads.stop();
    }

    @Override
    public void close(Duration waitMax) {
        threads.close(waitMax);
    }

    /**
     * Has messages that have been in the listener for longer than {@code consumeTimeout} delivered to another call, so
     * that the queue's progress does not wait for the one that is stuck.
     */
    @Override
    public void giveBackOverdue(Collection<QueuePuller> pullers) {
        if (settings.isBroadcast()) {
            return; // nobody else would get them
        }
        long nowNanos = rooms.clock().monotonicNanos();
        for (QueuePuller puller : pullers) {
            List<ProcessQueue.Held> overdue = puller.processQueue().first(0, OVERDUE_MAX).stream()
                    .filter(held -> held.thread().isPresent()
                            && nowNanos - held.startedNanos()
                                    >= settings.timeout().toNanos())
                    .toList();
            ConsumeBatch batch = new ConsumeBatch(puller.queue(), puller.processQueue(), overdue);
            overdue.forEach(held -> giveBack(batch, held));
        }
    }

    private void giveBack(ConsumeBatch batch, ProcessQueue.Held held) {
        log.warn(
                "Message is in the listener for too long: delivered to another call. queue={} offset={} msgId={}"
                        + " consumeTimeoutMillis={}",
                batch.queue(),
                held.message().getQueueOffset(),
                held.message().getMsgId(),
                settings.timeout().toMillis());
        rooms.later().deliver(batch.queue(), held.message(), OVERDUE_LEVEL).thenRun(() -> end(batch, List.of(held)));
    }

    private void consume(ConsumeBatch batch) {
        ConsumeConcurrentlyContext context = new ConsumeConcurrentlyContext(batch.queue());
        // Nothing is called for a queue that has gone: its next owner pulls from where this one's progress ends.
        calls.make(
                        batch,
                        () -> listener.consumeMessage(batch.messages(), context),
                        status -> status == ConsumeConcurrentlyStatus.CONSUME_SUCCESS,
                        ConsumeConcurrentlyStatus.RECONSUME_LATER)
                .ifPresent(result -> follow(batch, context, result));
    }

    private void follow(
            ConsumeBatch batch,
            ConsumeConcurrentlyContext context,
            ListenerCall.Result<ConsumeConcurrentlyStatus> result) {
        int consumed = consumedOf(batch, result.status(), context);
        int failed = batch.held().size() - consumed;
        rooms.paces().consumed(batch.queue().getTopic(), consumed, failed, result.tookNanos());
        end(batch, batch.held().subList(0, consumed));
        if (failed > 0) {
            deliverLater(batch, batch.held().subList(consumed, batch.held().size()), context);
        }
    }

    private static int consumedOf(
            ConsumeBatch batch, ConsumeConcurrentlyStatus status, ConsumeConcurrentlyContext context) {
        return switch (status) {
            case RECONSUME_LATER -> 0;
            case CONSUME_SUCCESS -> {
                int ackIndex = Math.min(context.getAckIndex(), batch.held().size() - 1);
                yield Math.max(0, ackIndex + 1);
            }
        };
    }

    private void deliverLater(ConsumeBatch batch, List<ProcessQueue.Held> failed, ConsumeConcurrentlyContext context) {
        if (settings.isBroadcast()) {
            log.warn(
                    "Not consumed, and not delivered again in broadcasting. queue={} count={}",
                    batch.queue(),
                    failed.size());
            end(batch, failed);
            return;
        }
        for (ProcessQueue.Held held : failed) {
            if (batch.processQueue().isDone(held)) {
                continue; // given back already, because the listener took so long
            }
            rooms.later()
                    .deliver(batch.queue(), held.message(), context.getDelayLevelWhenNextConsume())
                    .whenComplete((done, failure) -> {
                        if (failure == null) {
                            end(batch, List.of(held));
                        } else {
                            consumeAgainHere(batch, held, failure);
                        }
                    });
        }
    }

    private void consumeAgainHere(ConsumeBatch batch, ProcessQueue.Held held, Throwable failure) {
        log.warn(
                "No broker takes the message for later: consumed again here. queue={} msgId={} afterMillis={} cause={}",
                batch.queue(),
                held.message().getMsgId(),
                LOCAL_RETRY_PAUSE.toMillis(),
                failure.getMessage());
        rooms.scheduler().after(LOCAL_RETRY_PAUSE, "consume again " + batch.queue(), () -> {
            held.message().setReconsumeTimes(held.message().getReconsumeTimes() + 1);
            ConsumeBatch again = new ConsumeBatch(batch.queue(), batch.processQueue(), List.of(held));
            threads.execute(() -> consume(again));
        });
    }

    private void end(ConsumeBatch batch, List<ProcessQueue.Held> ended) {
        if (ended.isEmpty()) {
            return;
        }
        batch.processQueue().done(ended, rooms.clock().wallMillis(), committable -> {
            if (!batch.processQueue().isDropped()) {
                rooms.offsets().advance(batch.queue(), committable);
            }
        });
    }

    private static Verdict verdictOf(ConsumeConcurrentlyStatus status) {
        if (status == null) {
            return Verdict.CR_RETURN_NULL;
        }
        return switch (status) {
            case CONSUME_SUCCESS -> Verdict.CR_SUCCESS;
            case RECONSUME_LATER -> Verdict.CR_LATER;
        };
    }
}
