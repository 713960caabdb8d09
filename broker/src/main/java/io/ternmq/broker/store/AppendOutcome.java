package io.ternmq.broker.store;

import java.util.function.Function;

/** What became of an append: stored, or refused before a byte was acknowledged. */
public sealed interface AppendOutcome {

    <T> T fold(Function<Stored, T> stored, Function<Refused, T> refused);

    /** How far the promise that the store's configuration makes has been kept when the answer is given. */
    enum Confirmation {
        /** As configured: in the log, and flushed and replicated where that is demanded. */
        CONFIRMED,
        /**
         * In the log, but the disk did not confirm in time, or refused to: whether the message outlasts a power cut is
         * unknown.
         */
        FLUSH_TIMED_OUT,
        /** In the log, but the replicas did not confirm in time. */
        REPLICA_TIMED_OUT,
        /** In the log, but there is no replica near enough. */
        NO_REPLICA
    }

    /** Why nothing was stored. */
    enum Refusal {
        /** Body, properties or the whole unit is larger than the store takes; the sender's fault. */
        TOO_LARGE,
        /** As many appends wait as may; trying again later helps. */
        BUSY,
        /** No space is left, or less than the watermark. */
        DISK_FULL,
        /** A write or a force has failed; this store takes no more appends until it is opened again. */
        WRITER_FAILED,
        /** The store is closing. */
        CLOSING,
        /** This broker's role does not take messages. */
        NOT_WRITABLE
    }

    /**
     * The messages lie in the log, with consecutive queue offsets.
     *
     * @param queueOffset offset of the first
     * @param positions commit-log position of each, in order; not to be changed
     * @param storeMillis store time of all of them
     */
    @SuppressWarnings("ArrayRecordComponent") // one array a batch, never compared; a list would box each position
    record Stored(long queueOffset, long[] positions, long storeMillis, Confirmation confirmation)
            implements AppendOutcome {
        @Override
        public <T> T fold(Function<Stored, T> stored, Function<Refused, T> refused) {
            return stored.apply(this);
        }
    }

    /**
     * Nothing was stored, and nothing of it will be found at any later start.
     *
     * @param detail with values and units, fit to be shown to the sender
     */
    record Refused(Refusal reason, String detail) implements AppendOutcome {
        @Override
        public <T> T fold(Function<Stored, T> stored, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
