package io.ternmq.benchmark.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * The least that storing takes: a checksum of the body, and a copy of as many bytes as its record has into a mapped file.
 * Owns the file; used by one thread.
 */
final class BareLog implements AutoCloseable {
    private static final int FILE_BYTES = 256 << 20;
    private static final int PAGE_BYTES = 4096;
    private static final int CHUNK_BYTES = 2 << 20;

    private final Scratch scratch = new Scratch("bare-log");
    private final byte[] record = new byte[BenchmarkStore.RECORD_BYTES];
    private final CRC32 crc = new CRC32();
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK_BYTES);
    private FileChannel channel;
    private MappedByteBuffer mapped;
    private int files;
    private int at = FILE_BYTES;
    private int preparedEnd;

    /** Begins a new file unless {@code bytes} fit into this one; its pages are not there yet. */
    void reserve(int bytes) {
        if (FILE_BYTES - at >= bytes) {
            return;
        }
        try {
            close(channel);
            Path path = scratch.path().resolve(Integer.toString(files++));
            channel = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_BYTES);
            at = 0;
            preparedEnd = 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the next bytes ready as the store does: blocks by writing zeros, then pages by touching them. */
    void prepare(int bytes) {
        reserve(bytes);
        try {
            while (preparedEnd < at + bytes) {
                int part = Math.min(CHUNK_BYTES - preparedEnd % CHUNK_BYTES, FILE_BYTES - preparedEnd);
                channel.write(zeros.duplicate().limit(part), preparedEnd);
                for (int i = preparedEnd; i < preparedEnd + part; i += PAGE_BYTES) {
                    mapped.put(i, (byte) 0);
                }
                preparedEnd += part;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One message: its body summed, its record copied. */
    void append() {
        crc.reset();
        crc.update(record, 0, BenchmarkStore.BODY_BYTES);
        mapped.put(at, record);
        record[0] = (byte) crc.getValue(); // so that nothing of it is superfluous
        at += record.length;
    }

    private static void close(FileChannel channel) throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void close() {
        try {
            close(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        scratch.close();
    }
}
