package io.ternmq.broker.store.log;

import io.ternmq.broker.store.AckPolicy;
import io.ternmq.broker.store.AppendOutcome.Confirmation;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.Worker;
import java.util.List;

/**
 * Sends that lie in the log and wait for what the policies demand. Owns them, in the order of the log, and the time at
 * which the first of them loses patience. Used by the holder of the writer's pen, but for that time.
 */
final class UnansweredSends {
    private final List<AckPolicy> policies;
    private final long patienceNanos; // the same for all sends, so that the first in the row is the first to lose it
    private final int countMax;
    private final long bytesMax;
    private final Clock clock;
    private final AppendChain done;

    private final AppendChain row = new AppendChain();
    private long bytes;
    private volatile long earliestDeadlineNanos = Worker.NEVER; // read by the spare thread

    /**
     * @param countMax sends that may wait
     * @param bytesMax bytes of them
     * @param done takes those that have their answer
     */
    UnansweredSends(List<AckPolicy> policies, int countMax, long bytesMax, Clock clock, AppendChain done) {
        this.policies = List.copyOf(policies);
        this.patienceNanos = policies.stream()
                .mapToLong(policy -> policy.patience().toNanos())
                .max()
                .orElse(0);
        this.countMax = countMax;
        this.bytesMax = bytesMax;
        this.clock = clock;
        this.done = done;
    }

    boolean isEmpty() {
        return row.isEmpty();
    }

    boolean hasRoom() {
        return row.count() < countMax && bytes < bytesMax;
    }

    /** Whether this one's answer waits for any policy at all. */
    boolean mustWait(Append append) {
        return append.waitsForConfirmation() && !policies.isEmpty();
    }

    /**
     * Takes a send that has just been placed.
     *
     * @return whether a deadline has been set where there was none
     */
    boolean add(Append append) {
        append.awaitUntil(clock.monotonicNanos() + patienceNanos);
        bytes += append.length();
        row.add(append);
        if (earliestDeadlineNanos != Worker.NEVER) {
            return false;
        }
        earliestDeadlineNanos = append.deadlineNanos();
        return true;
    }

    /** When the first one loses patience. Any thread. */
    long nextDueNanos() {
        return earliestDeadlineNanos;
    }

    /** Readers may see the log up to here, as far as policies have a say in it. */
    long readersLimit() {
        long limit = Long.MAX_VALUE;
        for (AckPolicy policy : policies) {
            if (policy.limitsReaders()) {
                limit = Math.min(limit, policy.watermark().position());
            }
        }
        return limit;
    }

    /** Answers those that are confirmed, and those whose time has run out. Returns how many. */
    int answer() {
        int count = 0;
        long confirmed = confirmedPosition();
        while (!row.isEmpty() && row.first().end() <= confirmed) {
            answerFirst(Confirmation.CONFIRMED);
            count++;
        }
        if (earliestDeadlineNanos != Worker.NEVER) {
            count += answerLate();
        }
        return count;
    }

    /** Answers all of them with what has become of their confirmation by now. Returns how many. */
    int endAll() {
        int count = 0;
        while (!row.isEmpty()) {
            answerFirst(confirmationOf(row.first()));
            count++;
        }
        return count;
    }

    private int answerLate() {
        int count = 0;
        long now = clock.monotonicNanos();
        while (!row.isEmpty() && row.first().deadlineNanos() - now <= 0) {
            answerFirst(confirmationOf(row.first()));
            count++;
        }
        // Left standing while it lies ahead, although its send has been answered: the spare thread then wakes once for
        // nothing, instead of being woken by every send that finds nobody waiting before it.
        if (earliestDeadlineNanos - now <= 0) {
            earliestDeadlineNanos = row.isEmpty() ? Worker.NEVER : row.first().deadlineNanos();
        }
        return count;
    }

    private long confirmedPosition() {
        long confirmed = Long.MAX_VALUE;
        for (AckPolicy policy : policies) {
            confirmed = Math.min(confirmed, policy.watermark().position());
        }
        return confirmed;
    }

    private Confirmation confirmationOf(Append append) {
        for (AckPolicy policy : policies) {
            if (policy.watermark().position() < append.end()) {
                return policy.whenLate();
            }
        }
        return Confirmation.CONFIRMED;
    }

    private void answerFirst(Confirmation confirmation) {
        Append append = row.removeFirst();
        bytes -= append.length();
        append.confirmedAs(confirmation);
        done.add(append);
    }
}
