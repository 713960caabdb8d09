package io.ternmq.broker.topic;

import io.ternmq.common.topic.TopicConfig;
import java.util.function.Function;

/** What became of a wish to have a topic: there it is, or the reason why not. */
public sealed interface TopicOutcome {

    <T> T fold(Function<Done, T> done, Function<Refused, T> refused);

    /** Why there is no such topic now. */
    enum Refusal {
        /** The name is not one that a topic may have. */
        BAD_NAME,
        /** The system keeps the topic for itself. */
        RESERVED,
        /** Queue numbers, permission or attributes are not what a topic may have. */
        BAD_VALUE,
        /** It is unknown and nothing allows to make it here. */
        UNKNOWN,
        /** As many topics exist as may. */
        TABLE_FULL,
        /** As many changes wait as may; trying again later helps. */
        BUSY,
        /** What belongs to it elsewhere could not be removed; nothing has changed. */
        NOT_DELETABLE,
        /** The table could not be saved; nothing has changed. */
        NOT_SAVED
    }

    /** The topic exists, as saved. */
    record Done(TopicConfig topic) implements TopicOutcome {
        @Override
        public <T> T fold(Function<Done, T> done, Function<Refused, T> refused) {
            return done.apply(this);
        }
    }

    /**
     * Nothing has changed.
     *
     * @param detail with values, fit to be shown to whoever asked
     */
    record Refused(Refusal reason, String detail) implements TopicOutcome {
        @Override
        public <T> T fold(Function<Done, T> done, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
