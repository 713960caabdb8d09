package io.ternmq.broker.store;

import io.ternmq.common.message.MessageRecord;

/** Decides which messages of a queue a reader gets. Immutable; used by any thread. */
public interface MessageFilter {

    /** Lets everything pass. */
    MessageFilter ALL = new MessageFilter() {};

    /**
     * A first look at the queue entry alone. May let pass what the record will refuse, never the reverse.
     *
     * @param tagsHash Java hash of the tag, sign-extended; 0 without a tag
     */
    default boolean mayMatch(long tagsHash) {
        return true;
    }

    /** Whether {@link #matches} must be asked as well; else the record is not read for it. */
    default boolean readsRecord() {
        return false;
    }

    /** The decision, with the record in stored form at hand: a view that must not be kept. */
    default boolean matches(MessageRecord record) {
        return true;
    }

    /** About how many messages one read may look at, for filters that take their time; the store has a limit as well. */
    default int lookedAtMax() {
        return Integer.MAX_VALUE;
    }
}
