package io.ternmq.client.consumer.consumption;

import io.ternmq.client.consumer.listener.ConsumeOrderlyContext;
import io.ternmq.client.consumer.listener.ConsumeOrderlyStatus;
import io.ternmq.client.consumer.listener.MessageListenerOrderly;
import io.ternmq.client.consumer.pulling.ProcessQueue;
import io.ternmq.client.consumer.pulling.QueuePuller;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.session.ConsumeOutcome;
import io.ternmq.remoting.protocol.session.ConsumeOutcome.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the messages of each queue to the application in their order: one call at a time for a queue, and the next only
 * after the last was consumed. Owns the threads and the turns of the queues. A queue is consumed while this client has it
 * for itself; what fails holds up its queue, and no other.
 */
public final class OrderedConsumption implements Consumption {
    private static final Logger log = LoggerFactory.getLogger(OrderedConsumption.class);
    private static final Duration SLICE = Duration.ofSeconds(1); // then other queues that wait for a thread have a turn
    private static final CompletableFuture<Duration> NO_PAUSE = CompletableFuture.completedFuture(Duration.ZERO);
    private static final Duration SUSPEND_LEAST = Duration.ofMillis(10);
    private static final Duration SUSPEND_MOST = Duration.ofSeconds(30);

    private final ConsumeSettings settings;
    private final MessageListenerOrderly listener;
    private final ConsumeRooms rooms;
    private final Predicate<MessageQueue> isOurs;
    private final Consumer<MessageQueue> whenIdle;
    private final ListenerCall calls;
    private final ListenerThreads threads;
    private final ConcurrentMap<MessageQueue, OrderedLane> lanes = new ConcurrentHashMap<>();

    /**
     * Begins with no queue.
     *
     * @param isOurs whether this client has a queue for itself now
     * @param whenIdle is told that a queue which was given up is in no listener any more
     */
    public OrderedConsumption(
            ConsumeSettings settings,
            MessageListenerOrderly listener,
            ConsumeRooms rooms,
            ListenerThreads threads,
            Predicate<MessageQueue> isOurs,
            Consumer<MessageQueue> whenIdle) {
        this.settings = settings;
        this.listener = listener;
        this.rooms = rooms;
        this.isOurs = isOurs;
        this.whenIdle = whenIdle;
        this.calls = new ListenerCall(settings, rooms);
        this.threads = threads;
    }

    @Override
    public void offer(QueuePuller from, List<ProcessQueue.Held> messages) {
        rooms.paces().pulled(from.queue().getTopic(), messages.size());
        OrderedLane lane = lanes.computeIfAbsent(from.queue(), OrderedLane::new);
        if (lane.wake(from.processQueue())) {
            threads.execute(() -> run(lane));
        }
    }

    @Override
    public void goOn(MessageQueue queue) {
        OrderedLane lane = lanes.get(queue);
        if (lane != null && lane.wake()) {
            threads.execute(() -> run(lane));
        }
    }

    @Override
    public boolean isBusy(MessageQueue queue) {
        OrderedLane lane = lanes.get(queue);
        return lane != null && lane.isCalling();
    }

    @Override
    public CompletableFuture<ConsumeOutcome> consumeDirectly(MessageQueue queue, MessageExt message) {
        ConsumeOrderlyContext context = new ConsumeOrderlyContext(queue);
        return DirectConsumption.on(
                threads,
                () -> verdictOf(listener.consumeMessage(List.of(message), context)),
                true,
                context::isAutoCommit,
                rooms.clock());
    }

    @Override
    public void giveBackOverdue(Collection<QueuePuller> pullers) {
        // Another call while the first goes on would break the order.
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

    private void run(OrderedLane lane) {
        long endNanos = rooms.clock().monotonicNanos() + SLICE.toNanos();
        do {
            Optional<ConsumeBatch> batch = lane.next(settings.batchMax(), () -> isOurs.test(lane.queue()));
            if (batch.isEmpty()) {
                return;
            }
            CompletableFuture<Duration> pause = consume(lane, batch.get());
            lane.called(); // before the next turn may begin on another thread
            if (batch.get().processQueue().isDropped()) {
                whenIdle.accept(lane.queue());
            }
            if (!isOver(pause)) {
                CompletionStage<Duration> later = pause;
                later.thenAccept(known -> goOnLater(lane, known));
                return;
            }
        } while (rooms.clock().monotonicNanos() - endNanos < 0);
        threads.execute(() -> run(lane));
    }

    private static boolean isOver(CompletableFuture<Duration> pause) {
        return pause.isDone() && pause.join().isZero();
    }

    /** Makes one call, and sees to what follows; gives the pause before the next one, once that is known. Never fails. */
    private CompletableFuture<Duration> consume(OrderedLane lane, ConsumeBatch batch) {
        ConsumeOrderlyContext context = new ConsumeOrderlyContext(batch.queue());
        Optional<ListenerCall.Result<ConsumeOrderlyStatus>> made = calls.make(
                batch,
                () -> listener.consumeMessage(batch.messages(), context),
                status -> isConsumed(status, context.isAutoCommit()),
                ConsumeOrderlyStatus.SUSPEND_CURRENT_QUEUE_A_MOMENT);
        return made.isEmpty() ? NO_PAUSE : follow(lane, batch, context, made.get());
    }

    private CompletableFuture<Duration> follow(
            OrderedLane lane,
            ConsumeBatch batch,
            ConsumeOrderlyContext context,
            ListenerCall.Result<ConsumeOrderlyStatus> result) {
        int count = batch.held().size();
        boolean isConsumed = isConsumed(result.status(), context.isAutoCommit());
        rooms.paces()
                .consumed(batch.queue().getTopic(), isConsumed ? count : 0, isConsumed ? 0 : count, result.tookNanos());
        if (!isConsumed) {
            if (result.status() == ConsumeOrderlyStatus.ROLLBACK) {
                batch.processQueue().putBack(lane.takeUncommitted(batch)); // they come again
                batch.processQueue().putBack(batch.held());
                return CompletableFuture.completedFuture(pauseOf(context));
            }
            return comeAgain(batch, pauseOf(context));
        }
        if (!context.isAutoCommit() && result.status() == ConsumeOrderlyStatus.SUCCESS) {
            lane.keepUncommitted(batch);
        } else {
            List<ProcessQueue.Held> ended = new ArrayList<>(lane.takeUncommitted(batch));
            ended.addAll(batch.held());
            end(batch, ended);
        }
        return NO_PAUSE;
    }

    // With automatic commits the two answers that went out of use count as success, as they always have.
    private static boolean isConsumed(ConsumeOrderlyStatus status, boolean commitsByItself) {
        return switch (status) {
            case SUCCESS, COMMIT -> true;
            case ROLLBACK -> commitsByItself;
            case SUSPEND_CURRENT_QUEUE_A_MOMENT -> false;
        };
    }

    private CompletableFuture<Duration> comeAgain(ConsumeBatch batch, Duration pause) {
        List<ProcessQueue.Held> spent = new ArrayList<>();
        for (ProcessQueue.Held held : batch.held()) {
            if (held.message().getReconsumeTimes() >= settings.reconsumeTimesMax()) {
                spent.add(held);
            } else {
                countOne(held);
            }
        }
        batch.processQueue()
                .putBack(batch.held().stream()
                        .filter(held -> !spent.contains(held))
                        .toList());
        if (spent.isEmpty()) {
            return CompletableFuture.completedFuture(pause);
        }
        boolean someComeAgain = spent.size() < batch.held().size();
        CompletableFuture<?>[] gone =
                spent.stream().map(held -> giveUp(batch, held)).toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(gone)
                .handle((done, failure) -> someComeAgain || failure != null ? pause : Duration.ZERO);
    }

    private CompletableFuture<Void> giveUp(ConsumeBatch batch, ProcessQueue.Held held) {
        MessageExt message = held.message();
        CompletableFuture<Void> taken = settings.isBroadcast()
                ? CompletableFuture.completedFuture(null)
                : rooms.later().giveUp(message).toCompletableFuture();
        return taken.whenComplete((done, failure) -> {
            if (failure == null) {
                log.warn(
                        "Message was not consumed in all its deliveries: given up. queue={} offset={} msgId={}"
                                + " reconsumeTimes={}",
                        batch.queue(),
                        message.getQueueOffset(),
                        message.getMsgId(),
                        message.getReconsumeTimes());
                end(batch, List.of(held));
            } else {
                log.warn(
                        "No broker takes the message that is given up: consumed again. queue={} msgId={} cause={}",
                        batch.queue(),
                        message.getMsgId(),
                        failure.getMessage());
                countOne(held);
            }
        });
    }

    private static void countOne(ProcessQueue.Held held) {
        held.message().setReconsumeTimes(held.message().getReconsumeTimes() + 1);
    }

    private Duration pauseOf(ConsumeOrderlyContext context) {
        long asked = context.getSuspendCurrentQueueTimeMillis();
        Duration pause = asked < 0 ? settings.suspend() : Duration.ofMillis(asked);
        if (pause.compareTo(SUSPEND_LEAST) < 0) {
            return SUSPEND_LEAST;
        }
        return pause.compareTo(SUSPEND_MOST) > 0 ? SUSPEND_MOST : pause;
    }

    // The lane stays busy, so that nothing else has its turn begin.
    private void goOnLater(OrderedLane lane, Duration pause) {
        rooms.scheduler().after(pause, "consume " + lane.queue(), () -> threads.execute(() -> run(lane)));
    }

    private void end(ConsumeBatch batch, List<ProcessQueue.Held> ended) {
        batch.processQueue().done(ended, rooms.clock().wallMillis(), committable -> {
            if (isOurs.test(batch.queue())
                    && !batch.processQueue().isDropped()) { // else others may have gone on from it
                rooms.offsets().advance(batch.queue(), committable);
            }
        });
    }

    private static Verdict verdictOf(ConsumeOrderlyStatus status) {
        if (status == null) {
            return Verdict.CR_RETURN_NULL;
        }
        return switch (status) {
            case SUCCESS -> Verdict.CR_SUCCESS;
            case SUSPEND_CURRENT_QUEUE_A_MOMENT -> Verdict.CR_LATER;
            case COMMIT -> Verdict.CR_COMMIT;
            case ROLLBACK -> Verdict.CR_ROLLBACK;
        };
    }
}
