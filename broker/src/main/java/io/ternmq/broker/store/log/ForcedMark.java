package io.ternmq.broker.store.log;

import java.io.IOException;

/**
 * Remembers, beyond the end of the process, up to where the disk has confirmed the log. What is found damaged below was
 * once safe and is a hole; what is found damaged above was never promised to survive a power cut.
 */
@FunctionalInterface
public interface ForcedMark {

    /** For a log whose next start need not know. */
    ForcedMark NONE = position -> {};

    /**
     * The disk has confirmed all below {@code position}. Called after each force by the thread that forced, so it must
     * cost little; not before the force has returned, so it never says too much.
     *
     * @throws IOException if it cannot be noted
     */
    void forcedTo(long position) throws IOException;
}
