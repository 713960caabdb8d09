package io.ternmq.broker.store;

import java.util.List;

/**
 * Looks at messages before they are encoded, and may rewrite or refuse them: how a capability such as delayed delivery
 * gets its messages into its own queues. Called on the appending thread; must not block.
 */
public interface AppendInterceptor {

    /**
     * Decides about a unit.
     *
     * @param unit messages of one topic and queue, at least one; not to be changed
     * @return what to store instead, again of one topic and queue, or why not; {@link Verdict#pass} with the same list
     *     if this interceptor has no part in it
     */
    Verdict intercept(List<MessageDraft> unit);

    /** What an interceptor decided. */
    sealed interface Verdict {

        /** Store these. */
        record Pass(List<MessageDraft> unit) implements Verdict {}

        /** Store nothing and tell the sender so. */
        record Refuse(AppendOutcome.Refused refusal) implements Verdict {}

        static Verdict pass(List<MessageDraft> unit) {
            return new Pass(unit);
        }
    }
}
