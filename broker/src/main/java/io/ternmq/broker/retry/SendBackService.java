package io.ternmq.broker.retry;

import io.ternmq.broker.group.ConsumerGroups;
import io.ternmq.broker.group.GroupOutcome;
import io.ternmq.broker.group.RetryTimes;
import io.ternmq.broker.retry.SendBackOutcome.Refusal;
import io.ternmq.broker.retry.SendBackOutcome.Refused;
import io.ternmq.broker.retry.SendBackOutcome.Taken;
import io.ternmq.broker.store.MessageStore;
import io.ternmq.broker.topic.Topics;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.topic.Permission;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.common.topic.TopicNames;
import io.ternmq.remoting.protocol.group.GroupConfig;
import io.ternmq.remoting.protocol.send.SendBackRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * Takes messages back that a consumer could not use: each is stored once more in the retry topic of its group, held back
 * longer each time, or among the group's dead letters when it was given often enough. Owns the turn of queues; any thread
 * that may wait for the disk.
 */
public final class SendBackService {
    /** Delay level of the first retry: 10 s by default; each further one has the next. */
    private static final int FIRST_LEVEL = 3;

    private static final int DEAD_LETTER_QUEUES = 1;

    private final ConsumerGroups groups;
    private final Topics topics;
    private final MessageStore store;
    private final IntSupplier brokerPermission;
    private final AtomicInteger turn = new AtomicInteger(); // any thread; spreads messages over the queues of a topic

    /** @param brokerPermission bits of {@link Permission} that hold for all topics of this broker, asked each time */
    public SendBackService(ConsumerGroups groups, Topics topics, MessageStore store, IntSupplier brokerPermission) {
        this.groups = groups;
        this.topics = topics;
        this.store = store;
        this.brokerPermission = brokerPermission;
    }

    /**
     * Takes one message back.
     *
     * @param version release ordinal of the consumer
     */
    CompletionStage<SendBackOutcome> sendBack(SendBackRequest request, int version) {
        return groups.findOrCreate(request.group())
                .thenCompose(outcome ->
                        outcome.fold(found -> sendBack(found.group(), request, version), SendBackService::refused));
    }

    private CompletionStage<SendBackOutcome> sendBack(GroupConfig group, SendBackRequest request, int version) {
        if (!Permission.isWritable(brokerPermission.getAsInt())) {
            return refused(Refusal.NOT_PERMITTED, "This broker is not writable (brokerPermission)");
        }
        if (group.retryQueues() <= 0) {
            return now(new Taken()); // an operator's choice: what fails is given up
        }
        Optional<ReturnedMessage> message = store.readRecord(request.position(), bytes -> {
            MessageRecord record = new MessageRecord();
            return record.wrap(bytes) ? ReturnedMessage.of(record) : null;
        });
        if (message.isEmpty()) {
            return refused(
                    Refusal.NO_MESSAGE, "look message by offset failed, " + request.position() + " begins no message");
        }
        boolean isDead = request.delayLevel() < 0
                || message.get().reconsumeTimes() >= RetryTimes.max(group, request.reconsumeTimesMax(), version);
        return isDead ? bury(message.get(), group) : retry(message.get(), group, request.delayLevel());
    }

    private CompletionStage<SendBackOutcome> retry(ReturnedMessage message, GroupConfig group, int wantedLevel) {
        int level = wantedLevel > 0 ? wantedLevel : FIRST_LEVEL + message.reconsumeTimes();
        TopicConfig wanted = TopicConfig.of(TopicNames.retryOf(group.name()), group.retryQueues());
        return inTopic(wanted, topic -> {
            if (!Permission.isWritable(topic.permission())) {
                return refused(Refusal.NOT_PERMITTED, "the topic[" + topic.name() + "] sending message is forbidden");
            }
            return append(message, topic, Math.min(group.retryQueues(), topic.writeQueues()), level);
        });
    }

    private CompletionStage<SendBackOutcome> bury(ReturnedMessage message, GroupConfig group) {
        TopicConfig wanted = TopicConfig.of(TopicNames.deadLetterOf(group.name()), DEAD_LETTER_QUEUES);
        return inTopic(wanted, topic -> append(message, topic, DEAD_LETTER_QUEUES, 0));
    }

    private interface Step {
        CompletionStage<SendBackOutcome> in(TopicConfig topic);
    }

    private CompletionStage<SendBackOutcome> inTopic(TopicConfig wanted, Step step) {
        return topics.ensure(wanted)
                .thenCompose(outcome -> outcome.fold(
                        done -> step.in(done.topic()), refused -> refused(Refusal.FAILED, refused.detail())));
    }

    // Waits for the disk where senders do: the consumer commits beyond the message once it is told.
    private CompletionStage<SendBackOutcome> append(
            ReturnedMessage message, TopicConfig topic, int queues, int delayLevel) {
        int queueId = Math.floorMod(turn.getAndIncrement(), Math.max(1, queues));
        return store.append(List.of(message.again(topic.name(), queueId, delayLevel)), true)
                .thenApply(outcome ->
                        outcome.fold(stored -> new Taken(), refused -> new Refused(Refusal.FAILED, refused.detail())));
    }

    private static CompletionStage<SendBackOutcome> refused(GroupOutcome.Refused refused) {
        Refusal reason = switch (refused.reason()) {
            case BAD_NAME, UNKNOWN, TABLE_FULL -> Refusal.UNKNOWN_GROUP;
            case BUSY, NOT_SAVED -> Refusal.FAILED;
        };
        return refused(reason, refused.detail());
    }

    private static CompletionStage<SendBackOutcome> refused(Refusal reason, String detail) {
        return now(new Refused(reason, detail));
    }

    private static CompletionStage<SendBackOutcome> now(SendBackOutcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
