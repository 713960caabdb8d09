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
     * Forces bytes stored through the buffer to disk.
     *
     * @throws IOException if the disk refuses; what it has is then unknown
     */
    void force(int index, int length) throws IOException;

    /** Gives the memory back at once. Nothing afterwards but a second call, which does nothing. */
    void unmap();
}
