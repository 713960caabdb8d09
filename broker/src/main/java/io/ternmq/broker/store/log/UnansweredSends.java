package io.ternmq.broker.store.log;

import io.ternmq.broker.store.AckPolicy;
import io.ternmq.broker.store.AppendOutcome.Confirmation;
import io.ternmq.broker.store.AppendOutcome.Refused;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.Worker;
import java.util.List;

/**
 * Sends that have their place in the log and wait for what the policies demand, or, if they do not ask for that, to be in
 * its file: nobody is told of what a killed process would take along. Owns them, in the order of the log, and the time at
 * which the first of them is to be looked after. Used by the holder of the writer's pen, but for that time.
 */
final class UnansweredSends {
    private final List<AckPolicy> policies;
    private final TailMemory memory;
    private final long patienceNanos; // the same for all sends, so that the first in the row is the first to lose it
    private final int countMax;
    private final long bytesMax;
    private final Clock clock;
    private final AppendChain done;

    private final AppendChain row = new AppendChain(); // wait for the policies
    private final AppendChain unwritten = new AppendChain(); // wait for the file alone
    private long bytes;
    private boolean isToBeLookedAfter;
    private boolean isEnding;
    private volatile long earliestDueNanos = Worker.NEVER; // read by the spare thread

    /**
     * @param countMax sends that may wait
     * @param bytesMax bytes of them
     * @param done takes those that have their answer
     */
    UnansweredSends(
            List<AckPolicy> policies, TailMemory memory, int countMax, long bytesMax, Clock clock, AppendChain done) {
        this.policies = List.copyOf(policies);
        this.memory = memory;
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
        return row.isEmpty() && unwritten.isEmpty();
    }

    boolean hasRoom() {
        return row.count() + unwritten.count() < countMax && bytes < bytesMax;
    }

    /** Whether one that has just been placed waits for anything. */
    boolean mustWait(Append append) {
        return waitsForPolicies(append) || !memory.isInFile(append.end());
    }

    private boolean waitsForPolicies(Append append) {
        return append.waitsForConfirmation() && !policies.isEmpty();
    }

    /** Takes a send that has just been placed. */
    void add(Append append) {
        bytes += append.length();
        long due = clock.monotonicNanos();
        if (waitsForPolicies(append)) {
            due += patienceNanos;
            append.awaitUntil(due);
            row.add(append);
        } else {
            unwritten.add(append);
        }
        if (earliestDueNanos == Worker.NEVER || earliestDueNanos - due > 0) {
            earliestDueNanos = due;
            isToBeLookedAfter = true;
        }
    }

    /** Whether the spare thread has to hear since this was asked last: of an earlier time, or of more for the file. */
    boolean takeIsToBeLookedAfter() {
        boolean taken = isToBeLookedAfter;
        isToBeLookedAfter = false;
        return taken;
    }

    /** When the first one loses patience, or began to wait for the file alone. Any thread. */
    long nextDueNanos() {
        return earliestDueNanos;
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

    /** Answers those that have what they wait for, and those whose time has run out. Returns how many. */
    int answer() {
        int count = 0;
        while (!unwritten.isEmpty() && memory.isInFile(unwritten.first().end())) {
            answerFirst(unwritten, Confirmation.CONFIRMED);
            count++;
        }
        isToBeLookedAfter |= count > 0 && !unwritten.isEmpty(); // they came after what has been written
        long confirmed = confirmedPosition();
        while (!row.isEmpty() && row.first().end() <= confirmed) {
            answerFirst(row, Confirmation.CONFIRMED);
            count++;
        }
        if (earliestDueNanos != Worker.NEVER) {
            count += answerLate();
        }
        return count;
    }

    /**
     * Answers all of them with what has become of their confirmation by now; none is added after that. Those that are not
     * in the file wait until they are, and are due at once; they are refused if they never will be. To be called again as
     * long as there are any.
     *
     * @return how many were answered
     */
    int endAll(Refused refused) {
        int count = end(unwritten, refused) + end(row, refused);
        if (!isEnding) {
            isEnding = true;
            earliestDueNanos = clock.monotonicNanos(); // and stays, until they are in the file or cannot get there
            isToBeLookedAfter = !isEmpty();
        }
        if (isEmpty()) {
            earliestDueNanos = Worker.NEVER;
        }
        return count;
    }

    private int end(AppendChain chain, Refused refused) {
        int count = 0;
        while (!chain.isEmpty() && (memory.isInFile(chain.first().end()) || memory.isBroken())) {
            Append first = chain.first();
            if (memory.isInFile(first.end())) {
                answerFirst(chain, chain == row ? confirmationOf(first) : Confirmation.CONFIRMED);
            } else {
                take(chain).refusedAs(refused);
                done.add(first);
            }
            count++;
        }
        return count;
    }

    private int answerLate() {
        int count = 0;
        long now = clock.monotonicNanos();
        while (!row.isEmpty()
                && row.first().deadlineNanos() - now <= 0
                && memory.isInFile(row.first().end())) {
            answerFirst(row, confirmationOf(row.first()));
            count++;
        }
        // Left standing while it lies ahead, although its send has been answered: the spare thread then wakes once for
        // nothing, instead of being woken by every send that finds nobody waiting before it. While one waits for the
        // file alone it stays as it is, in the past.
        if (earliestDueNanos - now <= 0 && unwritten.isEmpty() && !isEnding) {
            earliestDueNanos = row.isEmpty() ? Worker.NEVER : row.first().deadlineNanos();
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

    private void answerFirst(AppendChain chain, Confirmation confirmation) {
        Append append = take(chain);
        append.confirmedAs(confirmation);
        done.add(append);
    }

    private Append take(AppendChain chain) {
        Append first = chain.removeFirst();
        bytes -= first.length();
        return first;
    }
}
