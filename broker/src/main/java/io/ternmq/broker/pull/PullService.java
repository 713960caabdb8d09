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
    private static final int GRID_LINES_MIN = 16; // within a hold, and less than twice as many

    /**
     * What a pull that waits has asked for.
     *
     * @param deadlineNanos monotonic time at which it is answered whatever has arrived
     * @param home where to look again: the event loop of its connection
     */
    private record Wait(PullRequest pull, GroupConfig group, ReadRequest request, long deadlineNanos, Executor home) {}

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
                .fold(admitted -> commitAndRead(pull, group, admitted.filter(), home), denied -> now(denied.refusal()));
    }

    private CompletableFuture<PullOutcome> commitAndRead(
            PullRequest pull, GroupConfig group, MessageFilter filter, Executor home) {
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
        CompletableFuture<PullOutcome> first = reads.read(request, limits.onDisk(request));
        Duration hold = holdOf(pull, limits);
        if (hold.isZero()) {
            return first;
        }
        Wait wait = new Wait(pull, group, request, deadline(clock.monotonicNanos(), hold), home);
        return first.thenCompose(outcome -> outcome.fold(
                read -> isNothingYet(read) ? park(read, wait) : now(read), PullService::now, PullService::now));
    }

    // Deadlines lie on a grid, somewhat earlier than asked for: pulls that wait for nothing are then answered, and come
    // again, many at a time, and not each by a thread woken for it alone.
    private static long deadline(long nowNanos, Duration hold) {
        long step = Math.max(1, Long.highestOneBit(hold.toNanos()) / GRID_LINES_MIN);
        return (nowNanos + hold.toNanos()) & -step;
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

    // What lies between the offset and the end, and does not match, is no reason to answer: it would be asked again at
    // once. What was not looked at yet is, so that the consumer's offset moves on.
    private static boolean isNothingYet(PullOutcome.Read read) {
        ReadResult result = read.result();
        return switch (result.status()) {
            case AT_END -> true;
            case NO_MATCH -> result.nextOffset() >= result.maxOffset();
            case EMPTY_QUEUE, UNKNOWN_QUEUE -> read.requestedOffset() == 0;
            case FOUND, RECORDS_REMOVED, BEYOND_END, BEFORE_START -> false;
        };
    }

    private CompletableFuture<PullOutcome> park(PullOutcome.Read read, Wait wait) {
        CompletableFuture<PullOutcome> answer = new CompletableFuture<>();
        return park(read, wait.request(), wait, answer) ? answer : now(tooManyWait());
    }

    /** Lets the pull wait behind what was read; whatever it waits for, it is looked for from there on. */
    private boolean park(PullOutcome.Read read, ReadRequest request, Wait wait, CompletableFuture<PullOutcome> answer) {
        ReadResult nothing = read.result();
        nothing.release();
        ReadRequest from = request.from(nothing.nextOffset());
        return parked.park(new ParkedPull(
                from.queue(),
                from.offset(),
                from.filter(),
                wait.deadlineNanos(),
                () -> reads.range(from.queue()).maxOffset(),
                isOver -> wait.home().execute(() -> lookAgain(from, isOver, wait, answer))));
    }

    // The group may subscribe otherwise by now. What came after that is looked at as the group wants it now; with the
    // filter that the pull came with it would be passed over for good.
    private void lookAgain(ReadRequest from, boolean isOver, Wait wait, CompletableFuture<PullOutcome> answer) {
        PullRequest pull = wait.pull();
        OptionalLong reset = offsets.takeReset(pull.consumerGroup(), pull.topic(), pull.queueId());
        if (reset.isPresent() && reset.getAsLong() != pull.queueOffset()) {
            answer.complete(new PullOutcome.Moved(reset.getAsLong(), reads.range(from.queue())));
            return;
        }
        admission
                .decide(wait.pull(), wait.group())
                .fold(
                        admitted -> {
                            readAgain(from.with(admitted.filter()), isOver, wait, answer);
                            return true;
                        },
                        denied -> answer.complete(denied.refusal()));
    }

    private void readAgain(ReadRequest from, boolean isOver, Wait wait, CompletableFuture<PullOutcome> answer) {
        var unused = reads.read(from, config.get().onDisk(from)).whenComplete((outcome, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
                return;
            }
            outcome.fold(read -> answerOrWaitOn(read, from, isOver, wait, answer), answer::complete, answer::complete);
        });
    }

    private boolean answerOrWaitOn(
            PullOutcome.Read read,
            ReadRequest request,
            boolean isOver,
            Wait wait,
            CompletableFuture<PullOutcome> answer) {
        if (isOver || !isNothingYet(read)) {
            return answer.complete(passedOver(read, wait));
        }
        return park(read, request, wait, answer) || answer.complete(tooManyWait());
    }

    private static PullOutcome tooManyWait() {
        return new Refused(Refusal.BUSY, "[OVERLOAD]system busy, too many pulls wait already (maxWaitingPullCount)");
    }

    // The consumer is told of what was passed over while it waited as of any other that did not match.
    private static PullOutcome passedOver(PullOutcome.Read read, Wait wait) {
        ReadResult result = read.result();
        boolean isSilent = result.status() == ReadResult.Status.AT_END
                && result.nextOffset() > wait.request().offset();
        return isSilent ? new PullOutcome.Read(wait.request().offset(), result.as(ReadResult.Status.NO_MATCH)) : read;
    }

    private static CompletableFuture<PullOutcome> now(PullOutcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
