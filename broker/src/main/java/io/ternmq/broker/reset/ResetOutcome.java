package io.ternmq.broker.reset;

import io.ternmq.common.message.MessageQueue;
import java.util.Map;
import java.util.function.Function;

/** What became of a wish that a group goes on elsewhere. */
sealed interface ResetOutcome {

    <T> T fold(Function<Done, T> done, Function<Refused, T> refused);

    /** Why the group goes on as before. */
    enum Refusal {
        UNKNOWN_TOPIC,
        UNKNOWN_GROUP,
        BAD_QUEUE,
        /** Its members are to see to it, and none is connected. */
        NO_MEMBER,
        /** As many offsets are kept as may; some queues may have been reset. */
        TABLE_FULL
    }

    /**
     * The group goes on elsewhere.
     *
     * @param offsets where, by queue
     */
    record Done(Map<MessageQueue, Long> offsets) implements ResetOutcome {
        @Override
        public <T> T fold(Function<Done, T> done, Function<Refused, T> refused) {
            return done.apply(this);
        }
    }

    /**
     * It goes on as before.
     *
     * @param detail with values, fit to be shown to the operator
     */
    record Refused(Refusal reason, String detail) implements ResetOutcome {
        @Override
        public <T> T fold(Function<Done, T> done, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
