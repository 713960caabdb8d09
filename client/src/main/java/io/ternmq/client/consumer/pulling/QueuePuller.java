package io.ternmq.client.consumer.pulling;

import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.client.gateway.PullGateway.Pulled;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import io.ternmq.remoting.protocol.pull.PullAnswer;
import io.ternmq.remoting.protocol.pull.PullFlags;
import io.ternmq.remoting.protocol.pull.PullRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls one assigned queue, one pull after another, until the queue is dropped. Steps follow one another on network and
 * timer threads, so no two threads meet here; nothing blocks. What waits, waits for an event: a message at the broker,
 * room in the queue, or the pause after a failure.
 */
public final class QueuePuller {
    private static final Logger log = LoggerFactory.getLogger(QueuePuller.class);
    private static final Duration FLOW_CONTROL_PAUSE = Duration.ofMillis(20);

    /** What becomes of pulled messages. Called by network threads; must not block. */
    public interface Sink {
        /** New messages, in the process queue already. */
        void arrived(QueuePuller from, List<ProcessQueue.Held> messages);

        /** Nothing of what was looked at is wanted: the process queue has moved on without a message. */
        void passedOver(QueuePuller from);

        /** The broker holds other offsets than asked for: begin again at {@code next}. */
        void movedTo(QueuePuller from, long next);

        /** The queue is about to be another member's: now or never is how far this one came to be told. */
        void left(QueuePuller from);
    }

    private final MessageQueue queue;
    private final ProcessQueue processQueue;
    private final PullRooms rooms;
    private final Sink sink;
    private long nextOffset; // of the step under way
    private long brokerId = TopicRoute.MASTER; // of the step under way
    private boolean isFailing; // of the step under way: whether the last failure was logged and nothing went well since
    private volatile long lastPullMillis; // written by the steps, read by tools

    public QueuePuller(MessageQueue queue, ProcessQueue processQueue, long startOffset, PullRooms rooms, Sink sink) {
        this.queue = queue;
        this.processQueue = processQueue;
        this.nextOffset = startOffset;
        this.rooms = rooms;
        this.sink = sink;
    }

    public MessageQueue queue() {
        return queue;
    }

    public ProcessQueue processQueue() {
        return processQueue;
    }

    public long lastPullMillis() {
        return lastPullMillis;
    }

    /** Gives the queue up: what is held and was not begun belongs to its next owner. */
    public void leave() {
        sink.left(this);
        processQueue.drop();
    }

    /** Begins; ends by itself once the queue is dropped. */
    public void pull() {
        if (!processQueue.isPulled() || !processQueue.hasRoomOrCall(this::pull)) {
            return;
        }
        Optional<SubscriptionData> subscription = rooms.subscriptions().find(queue.getTopic());
        Optional<String> address = rooms.routes()
                .known(queue.getTopic())
                .flatMap(route -> route.addressOf(queue.getBrokerName(), brokerId));
        if (subscription.isEmpty()) {
            return; // unsubscribed: the rebalance drops the queue
        }
        if (address.isEmpty()) {
            failed("no broker is known");
            return;
        }
        // The broker filters by the subscription that the heartbeat told it.
        rooms.heartbeats().reach(address.get()).whenComplete((heard, failure) -> {
            if (failure == null) {
                ask(address.get(), subscription.get());
            } else {
                failed(failure.getMessage());
            }
        });
    }

    private void ask(String address, SubscriptionData subscription) {
        lastPullMillis = rooms.clock().wallMillis();
        PullRequest question = question(subscription);
        Duration timeout = rooms.settings().timeout();
        CompletionStage<Pulled> asked = rooms.settings().isLite()
                ? rooms.pulls().litePull(address, question, timeout)
                : rooms.pulls().pull(address, question, timeout);
        asked.whenComplete((pulled, failure) -> {
            try {
                if (failure == null) {
                    answered(pulled, subscription);
                } else {
                    refused(address, failure);
                }
            } catch (RuntimeException e) { // a mistake of ours; nobody looks at this stage, and the queue must go on
                log.error(
                        "Pull step failed. group={} queue={}", rooms.settings().group(), queue, e);
                failed(e.toString());
            }
        });
    }

    private PullRequest question(SubscriptionData subscription) {
        PullSettings settings = rooms.settings();
        OptionalLong commit = brokerId == TopicRoute.MASTER ? rooms.offsets().forPull(queue) : OptionalLong.empty();
        boolean commits = commit.isPresent() && commit.getAsLong() > 0;
        int flags = PullFlags.SUSPEND
                | (commits ? PullFlags.COMMIT_OFFSET : 0)
                | (settings.isLite() ? PullFlags.LITE_PULL : 0)
                | (settings.namesSubscription() ? PullFlags.SUBSCRIPTION : 0);
        return new PullRequest(
                settings.group(),
                queue.getTopic(),
                queue.getQueueId(),
                nextOffset,
                settings.batchMax(),
                flags,
                commits ? commit.getAsLong() : 0,
                settings.suspend().toMillis(),
                settings.namesSubscription() ? Optional.of(subscription.expression()) : Optional.empty(),
                subscription.version(),
                Optional.of(subscription.expressionType()),
                OptionalInt.empty(),
                Optional.empty());
    }

    private void answered(Pulled pulled, SubscriptionData subscription) {
        if (!processQueue.isPulled()) {
            return;
        }
        if (isFailing) {
            isFailing = false;
            log.info(
                    "Queue is pulled again. group={} queue={}", rooms.settings().group(), queue);
        }
        PullAnswer answer = pulled.answer();
        brokerId = answer.suggestedBrokerId();
        switch (pulled.outcome()) {
            case FOUND -> found(answer, subscription);
            case NOTHING_NEW, NOTHING_MATCHED -> {
                passedOver(answer.nextOffset());
                pull();
            }
            case OFFSET_ILLEGAL -> {
                log.warn(
                        "Offset is outside the queue. group={} queue={} asked={} next={} min={} max={}",
                        rooms.settings().group(),
                        queue,
                        nextOffset,
                        answer.nextOffset(),
                        answer.minOffset(),
                        answer.maxOffset());
                sink.movedTo(this, answer.nextOffset());
            }
        }
    }

    private void found(PullAnswer answer, SubscriptionData subscription) {
        List<MessageExt> all = PulledMessages.decode(answer.messages(), queue.getBrokerName());
        List<MessageExt> wanted = PulledMessages.matching(all, subscription);
        rooms.prepare().accept(wanted);
        nextOffset = answer.nextOffset();
        List<ProcessQueue.Held> held = processQueue.add(wanted, nextOffset);
        if (held.isEmpty()) {
            sink.passedOver(this);
        } else {
            sink.arrived(this, held);
        }
        if (rooms.settings().interval().isZero()) {
            pull();
        } else {
            rooms.scheduler().after(rooms.settings().interval(), "pull " + queue, this::pull);
        }
    }

    // Progress without a message is progress too: else a group that wants none of a queue's messages never gets on.
    private void passedOver(long next) {
        nextOffset = next;
        processQueue.add(List.of(), next);
        sink.passedOver(this);
    }

    private void refused(String address, Throwable failure) {
        int code = failure instanceof MQBrokerException refusal ? refusal.getResponseCode() : ResponseCode.SYSTEM_ERROR;
        if (code == ResponseCode.FLOW_CONTROL) {
            rooms.scheduler().after(FLOW_CONTROL_PAUSE, "pull " + queue, this::pull);
            return;
        }
        // Perhaps the broker does not know this client (any more), as after a lost connection.
        rooms.heartbeats().forget(address);
        failed(failure.getMessage());
    }

    private void failed(String cause) {
        if (!processQueue.isPulled()) {
            return;
        }
        if (!isFailing) {
            isFailing = true;
            log.warn(
                    "Queue cannot be pulled now. group={} queue={} cause={}",
                    rooms.settings().group(),
                    queue,
                    cause);
        }
        brokerId = TopicRoute.MASTER;
        rooms.scheduler().after(rooms.settings().failurePause(), "pull " + queue, this::pull);
    }
}
