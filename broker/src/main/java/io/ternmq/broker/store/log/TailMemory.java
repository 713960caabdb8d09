package io.ternmq.broker.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where the newest records of the log are stored first: in its file, or in memory from which they are brought there.
 * Filled by the holder of the writer's pen.
 */
interface TailMemory {
    int NO_ROOM = -1;

    /** What is appended next lies in this segment. The holder of the pen. */
    void enter(LogSegment segment);

    /**
     * Room for the next bytes of the log, one after the other. The holder of the pen, with positions that follow each
     * other without a gap; what it takes it fills before it publishes it.
     *
     * @return where in {@link #buffer}; {@link #NO_ROOM} until more has been written out
     */
    int take(long position, int bytes);

    /** What is to be filled; good until the next call of this object. The holder of the pen. */
    ByteBuffer buffer();

    /** Whether all below a position is in the file, so that a process killed now does not take it along. Any thread. */
    boolean isInFile(long position);

    /** Whether what is not in the file now will never be. Any thread. */
    boolean isBroken();

    /**
     * Brings what was published, up to a position, to the file. May wait for the disk, not for another thread.
     *
     * @return false if another thread is at it: it may not have come so far yet
     * @throws IOException if it cannot be written, now or at any time before; some of it may be in the file
     */
    boolean writeOut(long end) throws IOException;
}
