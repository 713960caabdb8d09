package io.ternmq.broker.store.log;

import io.ternmq.broker.store.log.LogCursor.Found;
import io.ternmq.common.message.MessageRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Searches the log for the next whole record behind a damaged place: one with a known magic, that names its own position
 * and whose checksum fits. Reads files in large pieces, since behind the end of a log there may be a gigabyte of zeros.
 * Owns its memory; used by one thread.
 */
public final class RecordSearch {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final byte MAGIC_FIRST = (byte) (MessageRecord.MAGIC_V1 >>> 24); // the same in both versions

    private final CommitLog log;
    private final LogCursor cursor;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES); // what is read is not copied once more
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK_BYTES);

    private long zerosAtOnce; // after which the search under way gives up
    private long zerosLeft; // of them

    /** @param cursor used for what looks like a record; afterwards it stands at the one found */
    public RecordSearch(CommitLog log, LogCursor cursor) {
        this.log = log;
        this.cursor = cursor;
    }

    /** Position of the first whole record that begins at {@code from} or later, in whatever segment. */
    public OptionalLong next(long from) throws IOException {
        return next(from, Long.MAX_VALUE);
    }

    /** As above, but gives up after so many bytes of zeros in a row, more or less. */
    public OptionalLong next(long from, long zerosMax) throws IOException {
        zerosLeft = zerosMax;
        zerosAtOnce = zerosMax;
        for (long base = log.baseOf(from); base < log.endPosition() && zerosLeft > 0; base += log.segmentBytes()) {
            OptionalLong found = nextInSegment(Math.max(from, base));
            if (found.isPresent()) {
                return found;
            }
        }
        return OptionalLong.empty();
    }

    private OptionalLong nextInSegment(long from) throws IOException {
        Optional<LogSegment> leased = log.leaseAt(from);
        if (leased.isEmpty()) {
            return OptionalLong.empty();
        }
        LogSegment segment = leased.get();
        try {
            long at = from;
            while (at + MessageRecord.FIXED_BYTES_MIN <= segment.end() && zerosLeft > 0) {
                int length = (int) Math.min(CHUNK_BYTES, segment.end() - at);
                segment.read(chunk.clear().limit(length), at);
                if (isZeros(length)) {
                    zerosLeft -= length;
                } else {
                    zerosLeft = zerosAtOnce;
                    OptionalLong found = nextInChunk(at, length);
                    if (found.isPresent()) {
                        return found;
                    }
                }
                // The last bytes are looked at again: a size and its magic may lie on both sides of the border.
                at += length == CHUNK_BYTES ? length - MessageRecord.BLANK_BYTES + 1 : length;
            }
            return OptionalLong.empty();
        } finally {
            segment.release();
        }
    }

    private boolean isZeros(int length) {
        return chunk.flip().mismatch(zeros.duplicate().limit(length)) < 0;
    }

    private OptionalLong nextInChunk(long base, int length) throws IOException {
        int last = length - MessageRecord.BLANK_BYTES;
        for (int i = 0; i <= last; i++) {
            if (chunk.get(i + Integer.BYTES) == MAGIC_FIRST && isMagic(chunk.getInt(i + Integer.BYTES))) {
                long position = base + i;
                if (cursor.look(position, log.endPosition()) == Found.RECORD
                        && cursor.record().isIntact()) {
                    return OptionalLong.of(position);
                }
            }
        }
        return OptionalLong.empty();
    }

    private static boolean isMagic(int value) {
        return value == MessageRecord.MAGIC_V1 || value == MessageRecord.MAGIC_V2;
    }
}
