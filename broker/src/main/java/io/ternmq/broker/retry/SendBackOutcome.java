package io.ternmq.broker.retry;

import java.util.function.Function;

/** What became of a message that was sent back. */
public sealed interface SendBackOutcome {

    <T> T fold(Function<Taken, T> taken, Function<Refused, T> refused);

    /** Why the consumer keeps the message. */
    enum Refusal {
        UNKNOWN_GROUP,
        NOT_PERMITTED,
        /** No message begins where the consumer says. */
        NO_MESSAGE,
        /** The store did not take it, or something failed that the consumer has no part in. */
        FAILED
    }

    /** The group will be given it again, or it is among its dead letters, or the group wants no retries. */
    record Taken() implements SendBackOutcome {
        @Override
        public <T> T fold(Function<Taken, T> taken, Function<Refused, T> refused) {
            return taken.apply(this);
        }
    }

    /**
     * Nothing was stored.
     *
     * @param detail with values, fit to be shown to the consumer
     */
    record Refused(Refusal reason, String detail) implements SendBackOutcome {
        @Override
        public <T> T fold(Function<Taken, T> taken, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
