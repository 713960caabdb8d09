package io.ternmq.broker.pull;

import io.ternmq.broker.group.ConsumerGroups;
import io.ternmq.broker.offset.ConsumerOffsets;
import io.ternmq.broker.pull.PullOutcome.Refusal;
import io.ternmq.broker.pull.PullOutcome.Refused;
import io.ternmq.broker.store.MessageFilter;
import io.ternmq.broker.store.ReadRequest;
import io.ternmq.broker.store.ReadResult;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.common.time.Clock;
import io.ternmq.remoting.protocol.group.GroupConfig;
import io.ternmq.remoting.protocol.pull.PullRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Serves pulls: decides whether they may read, reads, and lets those wait that find nothing. Owns no state; those that
 * wait are {@link ParkedPulls}'. Safe for use by any thread, and never waits itself.
 */
public final class PullService {
    private final PullAdmission admission;
    private final ConsumerGroups groups;
    private final ConsumerOffsets offsets;
    private final PullReads reads;
    private final ParkedPulls parked;
    private final Supplier<PullConfig> config;
    private final Clock clock;

    /** @param config asked at each pull */
    public PullService(
            PullAdmission admission,
            ConsumerGroups groups,
            ConsumerOffsets offsets,
            PullReads reads,
            ParkedPulls parked,
            Supplier<PullConfig> config,
            Clock clock) {
        this.admission = admission;
        this.groups = groups;
        this.offsets = offsets;
        this.reads = reads;
        this.parked = parked;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Serves a pull.
     *
     * @param home where to look again when a pull that waits is due: the event loop of its connection
     * @return completes with a result that whoever answers releases
     */
    CompletableFuture<PullOutcome> pull(PullRequest pull, Executor home) {
        Optional<GroupConfig> group = groups.find(pull.consumerGroup());
        if (group.isPresent()) {
            return serve(pull, group.get(), home);
        }
        return groups.findOrCreate(pull.consumerGroup())
                .thenCompose(outcome -> outcome.fold(
                        done -> serve(pull, done.group(), home),
                        refused -> now(new Refused(Refusal.UNKNOWN_GROUP, refused.detail()))))
                .toCompletableFuture();
    }

    private CompletableFuture<PullOutcome> serve(PullRequest pull, GroupConfig group, Executor home) {
        return admission
                .decide(pull, group)
                .fold(admitted -> commitAndRead(pull, admitted.filter(), home), denied -> now(denied.refusal()));
    }

    private CompletableFuture<PullOutcome> commitAndRead(PullRequest pull, MessageFilter filter, Executor home) {
        TopicQueue queue = new TopicQueue(pull.topic(), pull.queueId());
        OptionalLong reset = offsets.takeReset(pull.consumerGroup(), pull.topic(), pull.queueId());
        if (reset.isPresent() && reset.getAsLong() != pull.queueOffset()) {
            return now(new PullOutcome.Moved(reset.getAsLong(), reads.range(queue)));
        }
        if (reset.isEmpty() && pull.commitsOffset() && pull.commitOffset() >= 0) {
            // A table that is full is no reason to withhold messages; the consumer's own commits will say so.
            offsets.commit(pull.consumerGroup(), pull.topic(), pull.queueId(), pull.commitOffset());
        }
        PullConfig limits = config.get();
        ReadRequest request = new ReadRequest(
                queue,
                pull.queueOffset(),
                Math.min(Math.max(pull.messagesMax(), 1), limits.countMax()),
                Math.min(Math.max(pull.bytesMax().orElse(limits.bytesMax()), 1), limits.bytesMax()),
                filter);
        ReadRequest fromDisk = new ReadRequest(
                queue,
                request.offset(),
                Math.min(request.countMax(), limits.diskCountMax()),
                Math.min(request.bytesMax(), limits.diskBytesMax()),
                filter);
        CompletableFuture<PullOutcome> first = reads.read(request, fromDisk);
        Duration hold = holdOf(pull, limits);
        return hold.isZero()
                ? first
                : first.thenCompose(outcome -> outcome.fold(
                        read -> isNothingYet(read)
                                ? park(read, new Waiting(pull, request, fromDisk), hold, home)
                                : now(read),
                        PullService::now,
                        PullService::now));
    }

    private static Duration holdOf(PullRequest pull, PullConfig limits) {
        if (!pull.maySuspend() || pull.suspendMillis() <= 0) {
            return Duration.ZERO;
        }
        if (!limits.isLongPolling()) {
            return limits.shortHold();
        }
        return Duration.ofMillis(
                Math.min(pull.suspendMillis(), limits.longHoldMax().toMillis()));
    }

    private static boolean isNothingYet(PullOutcome.Read read) {
        return switch (read.result().status()) {
            case AT_END -> true;
            case EMPTY_QUEUE, UNKNOWN_QUEUE -> read.requestedOffset() == 0;
            case FOUND, NO_MATCH, RECORDS_REMOVED, BEYOND_END, BEFORE_START -> false;
        };
    }

    /** What a pull that waits will ask for again. */
    private record Waiting(PullRequest pull, ReadRequest request, ReadRequest fromDisk) {}

    private CompletableFuture<PullOutcome> park(PullOutcome.Read read, Waiting waiting, Duration hold, Executor home) {
        ReadRequest request = waiting.request();
        ReadResult nothing = read.result();
        nothing.release();
        CompletableFuture<PullOutcome> answer = new CompletableFuture<>();
        boolean isParked = parked.park(new ParkedPull(
                request.queue(),
                request.offset(),
                request.filter(),
                clock.monotonicNanos() + hold.toNanos(),
                () -> reads.range(request.queue()).maxOffset(),
                () -> home.execute(() -> lookAgain(waiting, answer))));
        return isParked
                ? answer
                : now(new Refused(
                        Refusal.BUSY, "[OVERLOAD]system busy, too many pulls wait already (maxWaitingPullCount)"));
    }

    private void lookAgain(Waiting waiting, CompletableFuture<PullOutcome> answer) {
        PullRequest pull = waiting.pull();
        OptionalLong reset = offsets.takeReset(pull.consumerGroup(), pull.topic(), pull.queueId());
        if (reset.isPresent() && reset.getAsLong() != pull.queueOffset()) {
            answer.complete(new PullOutcome.Moved(
                    reset.getAsLong(), reads.range(waiting.request().queue())));
            return;
        }
        var unused = reads.read(waiting.request(), waiting.fromDisk()).whenComplete((outcome, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else {
                answer.complete(outcome);
            }
        });
    }

    private static CompletableFuture<PullOutcome> now(PullOutcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
