package io.ternmq.broker.pull;

import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.ReadResult;
import java.util.function.Function;

/** What became of a pull: a read, with or without messages, where to go on instead, or the reason why there was none. */
sealed interface PullOutcome {

    <T> T fold(Function<Read, T> read, Function<Moved, T> moved, Function<Refused, T> refused);

    /** Why nothing was read. */
    enum Refusal {
        BROKER_NOT_READABLE,
        GROUP_NOT_READABLE,
        TOPIC_NOT_READABLE,
        BROADCAST_NOT_ALLOWED,
        LITE_PULL_NOT_ALLOWED,
        UNKNOWN_TOPIC,
        UNKNOWN_GROUP,
        BAD_QUEUE,
        /** The group has no member here, or none that subscribes to the topic. */
        NOT_SUBSCRIBED,
        /** The broker knows an older subscription than the consumer asks for. */
        SUBSCRIPTION_OLD,
        EXPRESSION_MALFORMED,
        EXPRESSION_NOT_SUPPORTED,
        /** Trying again later helps. */
        BUSY
    }

    /**
     * The queue was read.
     *
     * @param requestedOffset where the consumer wanted to begin
     * @param result to be released by whoever answers
     */
    record Read(long requestedOffset, ReadResult result) implements PullOutcome {
        @Override
        public <T> T fold(Function<Read, T> read, Function<Moved, T> moved, Function<Refused, T> refused) {
            return read.apply(this);
        }
    }

    /** An operator has sent the group elsewhere in this queue. */
    record Moved(long offset, QueueRange range) implements PullOutcome {
        @Override
        public <T> T fold(Function<Read, T> read, Function<Moved, T> moved, Function<Refused, T> refused) {
            return moved.apply(this);
        }
    }

    /**
     * The queue was not read.
     *
     * @param detail with values, fit to be shown to the consumer
     */
    record Refused(Refusal reason, String detail) implements PullOutcome {
        @Override
        public <T> T fold(Function<Read, T> read, Function<Moved, T> moved, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
