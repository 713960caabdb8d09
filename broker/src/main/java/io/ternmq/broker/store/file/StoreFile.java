package io.ternmq.broker.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** One open file. Safe for use by any thread; an interrupt of a reading or writing thread does not close it. */
public interface StoreFile extends AutoCloseable {

    Path path();

    /** Length in bytes. */
    long size() throws IOException;

    /**
     * Reads into {@code target} until it is full or the file ends.
     *
     * @return bytes read, 0 at or behind the file's end
     */
    int read(ByteBuffer target, long position) throws IOException;

    /**
     * Writes all of {@code source}, allocating blocks where the file has none. If it fails, the position of {@code source}
     * tells how much of it the file has.
     *
     * @throws DiskFullException if there is no room; part of it may have been written
     */
    void write(ByteBuffer source, long position) throws IOException;

    /** Cuts the file or lengthens it by bytes that read as zeros and have no blocks. */
    void resize(long bytes) throws IOException;

    /** Forces content and length to disk. */
    void force() throws IOException;

    /** Maps the first {@code bytes} of the file, for reading and writing. The file must be as long. */
    Mapping map(int bytes) throws IOException;

    /** Closes the file; mappings of it stay. */
    @Override
    void close() throws IOException;
}
