package io.ternmq.broker.send;

import io.ternmq.broker.store.AppendOutcome.Confirmation;
import java.util.function.Function;

/** What became of a send: stored, or the reason why not. */
public sealed interface SendOutcome {

    <T> T fold(Function<Stored, T> stored, Function<Refused, T> refused);

    /** Why nothing was stored. */
    enum Refusal {
        /** Body, properties, flags or batch are not what a message may have. */
        ILLEGAL_MESSAGE,
        /** The message asks for something that this broker does not do. */
        NOT_SUPPORTED,
        /** The topic's name is not one that a topic may have, or it has no such queue. */
        BAD_TARGET,
        UNKNOWN_TOPIC,
        /** The group that a retry topic belongs to. */
        UNKNOWN_GROUP,
        NOT_PERMITTED,
        /** Trying again later helps. */
        BUSY,
        /** The store takes no messages now. */
        UNAVAILABLE,
        /** Something failed that the sender has no part in. */
        FAILED
    }

    /**
     * The messages lie in the log.
     *
     * @param messageIds the broker's ids, with commas between those of a batch
     * @param queueOffset offset of the first
     * @param uniqueKey id that the client, or else the broker, gave the first
     */
    record Stored(String messageIds, int queueId, long queueOffset, String uniqueKey, Confirmation confirmation)
            implements SendOutcome {
        @Override
        public <T> T fold(Function<Stored, T> stored, Function<Refused, T> refused) {
            return stored.apply(this);
        }
    }

    /**
     * Nothing was stored.
     *
     * @param detail with values, fit to be shown to the sender
     */
    record Refused(Refusal reason, String detail) implements SendOutcome {
        @Override
        public <T> T fold(Function<Stored, T> stored, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
