package io.ternmq.broker.store.index;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What we note in an index file for our own next start, where entry 0 would lie, which nobody reads: up to where the
 * file is on disk. Written only after that was forced.
 *
 * <pre>
 * byte  0          8      12      16    20      big-endian
 *       +----------+------+-------+-----+
 *       | position | next | magic | crc |
 *       +----------+------+-------+-----+
 * </pre>
 *
 * @param position all records below it are in this file or an earlier one
 * @param next number of the entry behind the last one that is on disk
 */
record IndexNote(long position, int next) {
    private static final int MAGIC = 0x544D5131; // TMQ1 in ASCII
    private static final int CHECKED_BYTES = Long.BYTES + 2 * Integer.BYTES;

    /** Empty if what stands there is no note. */
    static Optional<IndexNote> from(ByteBuffer bytes) {
        IndexNote note = new IndexNote(bytes.getLong(0), bytes.getInt(Long.BYTES));
        boolean isOurs = bytes.getInt(Long.BYTES + Integer.BYTES) == MAGIC
                && bytes.getInt(CHECKED_BYTES) == crc(bytes)
                && note.position >= 0
                && note.next >= 1;
        return isOurs ? Optional.of(note) : Optional.empty();
    }

    ByteBuffer toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(IndexEntry.BYTES);
        bytes.putLong(position).putInt(next).putInt(MAGIC);
        return bytes.putInt(crc(bytes)).flip();
    }

    private static int crc(ByteBuffer bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes.slice(0, CHECKED_BYTES));
        return (int) crc.getValue();
    }
}
