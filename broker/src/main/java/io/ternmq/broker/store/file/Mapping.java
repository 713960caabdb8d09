package io.ternmq.broker.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Part of a file in memory. Storing into bytes that have no blocks on disk yet can kill the process where space is
 * short: write them through {@link StoreFile#write} first.
 */
public interface Mapping {

    /** The mapped bytes. Neither it nor any slice of it may be touched after {@link #unmap()}. */
    ByteBuffer buffer();

    /**
     * Whether the system has the pages of these bytes in memory, as far as it tells: true only of those that it says so
     * of, and only at this moment. Reads none of them. Costs a call to the system, about a microsecond for 128 KiB.
     */
    boolean isInMemory(int index, int length);

    /**
     * Forces bytes stored through the buffer to disk.
     *
     * @throws IOException if the disk refuses; what it has is then unknown
     */
    void force(int index, int length) throws IOException;

    /** Gives the memory back at once. Nothing afterwards but a second call, which does nothing. */
    void unmap();
}
