package io.ternmq.client.consumer.consumption;

import io.ternmq.client.consumer.pulling.ProcessQueue;
import io.ternmq.common.message.MessageQueue;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The turns of one queue that is consumed in order: one at a time, whatever becomes of the queue in between. Owns who has
 * the turn, and how many messages at the front have succeeded without being committed. Safe for use by any thread.
 */
final class OrderedLane {
    private final MessageQueue queue;
    private ProcessQueue current; // guarded by this, like all below; null until the first messages
    private int uncommitted;
    private boolean isBusy; // has a turn, in which it may pause
    private boolean isCalling; // in the listener

    OrderedLane(MessageQueue queue) {
        this.queue = queue;
    }

    MessageQueue queue() {
        return queue;
    }

    /** Goes on with these messages; true if the caller is to have the lane run. */
    synchronized boolean wake(ProcessQueue newest) {
        if (current != newest) {
            current = newest;
            uncommitted = 0;
        }
        return wake();
    }

    /** True if the caller is to have the lane run. */
    synchronized boolean wake() {
        boolean begins = !isBusy && current != null;
        isBusy |= begins;
        return begins;
    }

    /** Whether a call of the listener is under way. */
    synchronized boolean isCalling() {
        return isCalling;
    }

    /** The call that {@link #next} was asked for is over, and so is what follows from it. */
    synchronized void called() {
        isCalling = false;
    }

    /** The next messages for the listener. With none the turn is over, and the next wake has the lane run again. */
    synchronized Optional<ConsumeBatch> next(int max, BooleanSupplier isAllowed) {
        List<ProcessQueue.Held> held =
                current.mayBegin() && isAllowed.getAsBoolean() ? current.first(uncommitted, max) : List.of();
        isBusy = !held.isEmpty();
        isCalling = isBusy;
        if (held.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ConsumeBatch(queue, current, held));
    }

    /** Messages have succeeded, but are to be committed later. */
    synchronized void keepUncommitted(ConsumeBatch batch) {
        if (current == batch.processQueue()) {
            uncommitted += batch.held().size();
        }
    }

    /** The messages at the front that were kept uncommitted; they are so no more. */
    synchronized List<ProcessQueue.Held> takeUncommitted(ConsumeBatch batch) {
        if (current != batch.processQueue()) {
            return List.of();
        }
        List<ProcessQueue.Held> kept = current.first(0, uncommitted);
        uncommitted = 0;
        return kept;
    }
}
