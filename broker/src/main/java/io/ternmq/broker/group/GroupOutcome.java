package io.ternmq.broker.group;

import io.ternmq.remoting.protocol.group.GroupConfig;
import java.util.function.Function;

/** What became of a wish to have or to change a group. */
public sealed interface GroupOutcome {

    <T> T fold(Function<Done, T> done, Function<Refused, T> refused);

    /** Why there is no such group now. */
    enum Refusal {
        /** The name is not one that a group may have. */
        BAD_NAME,
        /** It is unknown, and groups are not made by those who use them. */
        UNKNOWN,
        /** As many groups exist as may. */
        TABLE_FULL,
        /** As many changes wait as may; trying again later helps. */
        BUSY,
        /** The table could not be saved; nothing has changed. */
        NOT_SAVED
    }

    /** The group exists, as saved. */
    record Done(GroupConfig group) implements GroupOutcome {
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
    record Refused(Refusal reason, String detail) implements GroupOutcome {
        @Override
        public <T> T fold(Function<Done, T> done, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
