package io.ternmq.broker.store;

import io.ternmq.common.message.MessageRecord;
import java.io.IOException;
import java.util.Optional;

/**
 * Something derived from the log, message by message, in log order; rebuildable from it. All methods are called by the
 * dispatcher's thread or, at start, by the thread that opens the store.
 *
 * <p>The same record may be given again after an unclean stop, never after a clean one: a projection knows by itself up
 * to where it has come and ignores what it already has.
 */
public interface Projection {

    /** For logs and errors. */
    String name();

    /**
     * Called at start, before the first record, perhaps more than once: forgets what was derived from {@code position}
     * on, since the records from there on are given again. What lies below was forced and is intact.
     *
     * @throws IOException if files cannot be read or cut
     */
    void rewindTo(long position) throws IOException;

    /**
     * Called once at start, after {@link #rewindTo}: says from where on records are to be given. A projection whose files
     * are missing or damaged names a lower position than {@code position}, down to 0 for all there are, and is then
     * rewound to that.
     *
     * @throws IOException if files cannot be read
     */
    default long resumeAt(long position) throws IOException {
        return position;
    }

    /**
     * Whether the store may serve while this projection is still being given older records. It is then given them beside
     * the newest ones that others take, and the newest last.
     */
    default boolean mayLag() {
        return false;
    }

    /**
     * Takes a record in. What it keeps of it must be copied. Not yet visible to readers.
     *
     * @throws IOException if files cannot be put in order for it; ends the store, lack of space too
     */
    void project(MessageRecord record) throws IOException;

    /**
     * Makes all records taken in visible to readers. If there is no space it is called again later, with nothing taken
     * in between, until it succeeds; so what has been written by then must not be written anew elsewhere.
     *
     * @return what lacks space; empty if all is settled
     * @throws IOException if a write fails for another reason, which ends the store
     */
    Optional<String> settle() throws IOException;

    /**
     * Writes to files what was settled and kept in memory. Called before {@link #takeUnforced}, with nothing taken in
     * that is not settled; if there is no space it is called again later.
     *
     * @return what lacks space; empty if all is written
     * @throws IOException if a write fails for another reason, which ends the store
     */
    default Optional<String> writeOut() throws IOException {
        return Optional.empty();
    }

    /** Hands out what makes all that has been settled until now, and written, safe from a power cut. */
    Forcing takeUnforced();

    /** Run once, by another thread, while the projection goes on. */
    @FunctionalInterface
    interface Forcing {
        void force() throws IOException;
    }

    /**
     * The log now begins at {@code minPosition}: what points below it may be removed.
     *
     * @throws IOException if files cannot be read or removed
     */
    void prune(long minPosition) throws IOException;
}
