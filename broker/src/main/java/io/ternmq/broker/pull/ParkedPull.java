package io.ternmq.broker.pull;

import io.ternmq.broker.store.MessageFilter;
import io.ternmq.broker.store.TopicQueue;
import java.util.function.LongSupplier;

/**
 * A pull that found nothing and is willing to wait. Immutable.
 *
 * @param queue where it waits
 * @param offset the queue's end when the pull looked
 * @param filter which arrivals are worth waking it for
 * @param deadlineNanos monotonic time at which it is answered whatever has arrived
 * @param endOffset reads the queue's end now; asked on the dispatcher's thread and on the one that parks
 * @param onDue looks again and answers, or waits on; must return at once
 */
record ParkedPull(
        TopicQueue queue, long offset, MessageFilter filter, long deadlineNanos, LongSupplier endOffset, Due onDue) {

    /** What happens when a pull need not wait any longer. */
    @FunctionalInterface
    interface Due {
        /**
         * Looks again.
         *
         * @param isOver whether it must be answered now, whatever has arrived
         */
        void run(boolean isOver);
    }
}
