package io.ternmq.client.consumer.consumption;

import io.ternmq.client.consumer.listener.ConsumeConcurrentlyContext;
import io.ternmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import io.ternmq.client.consumer.listener.MessageListenerConcurrently;
import io.ternmq.client.consumer.offset.GroupOffsets;
import io.ternmq.client.consumer.pulling.ProcessQueue;
import io.ternmq.client.consumer.pulling.QueuePuller;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.DrainingPool;
import io.ternmq.common.work.Scheduler;
import io.ternmq.remoting.protocol.session.ConsumeOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands messages to the application on several threads at once, and sees to what follows: progress for what was
 * consumed, a later delivery for what was not. Owns the threads and the messages that wait for one; their number is
 * bounded by the limits of the queues they come from.
 */
public final class ConcurrentConsumption implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ConcurrentConsumption.class);
    private static final Duration LOCAL_RETRY_PAUSE = Duration.ofSeconds(5);

    private final MessageListenerConcurrently listener;
    private final int batchMax;
    private final GroupOffsets offsets;
    private final LaterDelivery later;
    private final ConsumePaces paces;
    private final Scheduler scheduler;
    private final Clock clock;
    private final DrainingPool runners;

    public ConcurrentConsumption(
            ConsumeSettings settings,
            MessageListenerConcurrently listener,
            GroupOffsets offsets,
            LaterDelivery later,
            ConsumePaces paces,
            Scheduler scheduler,
            Clock clock) {
        this.listener = listener;
        this.batchMax = settings.batchMax();
        this.offsets = offsets;
        this.later = later;
        this.paces = paces;
        this.scheduler = scheduler;
        this.clock = clock;
        this.runners = new DrainingPool("consume-" + settings.group(), settings.threads());
    }

    /** Has messages consumed soon. May be called by any thread; does not block. */
    public void offer(QueuePuller from, List<ProcessQueue.Held> messages) {
        paces.pulled(from.queue().getTopic(), messages.size());
        for (int start = 0; start < messages.size(); start += batchMax) {
            int end = Math.min(messages.size(), start + batchMax);
            ConsumeBatch batch = new ConsumeBatch(from.queue(), from.processQueue(), messages.subList(start, end));
            runners.execute(() -> consume(batch));
        }
    }

    /** Has one message consumed now, outside of any queue, and tells what the listener made of it. */
    public CompletableFuture<ConsumeOutcome> consumeDirectly(MessageQueue queue, MessageExt message) {
        CompletableFuture<ConsumeOutcome> outcome = new CompletableFuture<>();
        runners.execute(() -> outcome.complete(DirectConsumption.consume(listener, queue, message, clock)));
        return outcome;
    }

    /** What waits is not begun any more. */
    public void stop() {
        runners.stop();
    }

    /** Waits a bounded time for the listeners that run. */
    @Override
    public void close() {
        runners.close();
    }

    private void consume(ConsumeBatch batch) {
        long startNanos = clock.monotonicNanos();
        if (!batch.processQueue().begin(batch.held(), startNanos)) {
            return; // its new owner pulls it from the start
        }
        ConsumeConcurrentlyContext context = new ConsumeConcurrentlyContext(batch.queue());
        ConsumeConcurrentlyStatus status = call(batch, context);
        int consumed = consumedOf(batch, status, context);
        paces.consumed(
                batch.queue().getTopic(),
                consumed,
                batch.held().size() - consumed,
                clock.monotonicNanos() - startNanos);
        end(batch, batch.held().subList(0, consumed));
        if (consumed < batch.held().size()) {
            deliverLater(batch, batch.held().subList(consumed, batch.held().size()), context);
        }
    }

    @SuppressWarnings("CatchThrowable") // whatever the application throws means that the messages are not consumed
    private ConsumeConcurrentlyStatus call(ConsumeBatch batch, ConsumeConcurrentlyContext context) {
        List<MessageExt> messages = batch.messages();
        try {
            ConsumeConcurrentlyStatus status = listener.consumeMessage(messages, context);
            if (status == null) {
                log.warn("Listener returned null: delivered again later. queue={}", batch.queue());
            }
            return status == null ? ConsumeConcurrentlyStatus.RECONSUME_LATER : status;
        } catch (Throwable e) {
            log.warn(
                    "Listener threw: delivered again later. queue={} firstMsgId={}",
                    batch.queue(),
                    messages.get(0).getMsgId(),
                    e);
            return ConsumeConcurrentlyStatus.RECONSUME_LATER;
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
        for (ProcessQueue.Held held : failed) {
            later.deliver(batch.queue(), held.message(), context.getDelayLevelWhenNextConsume())
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
        scheduler.after(LOCAL_RETRY_PAUSE, "consume again " + batch.queue(), () -> {
            held.message().setReconsumeTimes(held.message().getReconsumeTimes() + 1);
            ConsumeBatch again = new ConsumeBatch(batch.queue(), batch.processQueue(), List.of(held));
            runners.execute(() -> consume(again));
        });
    }

    private void end(ConsumeBatch batch, List<ProcessQueue.Held> ended) {
        if (ended.isEmpty()) {
            return;
        }
        long committable = batch.processQueue().done(ended, clock.wallMillis());
        if (!batch.processQueue().isDropped()) {
            offsets.advance(batch.queue(), committable);
        }
    }
}
