package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.file.StoreFile;
import io.ternmq.broker.store.file.StoreFiles;
import io.ternmq.broker.store.log.ForcedMark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32;

/**
 * The checkpoint file: how far the log is forced and its queues are on disk, so that a start need not read the whole log.
 * Owns the file. Three threads write to it, each to a part of its own: the one that opens the store, the flusher (the
 * mark) and the upkeep (times and note).
 *
 * <pre>
 * byte  0         8          16        24         32            40 ...   1024    2048      3072      4096
 *       +---------+----------+---------+----------+-------------+--------+-------+---------+---------+
 *       | log     | queues   | index   | flushed  | confirmed   | zeros  | mark  | note    | note    |
 *       | millis  | millis   | millis  | position | position    |        |       |         |         |
 *       +---------+----------+---------+----------+-------------+--------+-------+---------+---------+
 * mark  0       8             16    20
 *       +-------+-------------+-----+
 *       | magic | forced      | crc |
 *       |       | position    |     |
 *       +-------+-------------+-----+
 * note  0       8             16            24            32           40            48    52   big-endian
 *       +-------+-------------+------------+-------------+------------+-------------+-----+
 *       | magic | log millis  | queues     | last record | dispatched | fingerprint | crc |
 *       |       | once more   | once more  | position    | position   | of queues   |     |
 *       +-------+-------------+------------+-------------+------------+-------------+-----+
 * </pre>
 *
 * The first part is what every broker of this format writes: store times, up to which things are forced. Mark and notes
 * are ours, where others write zeros or leave what is there. A note counts only if the times in it are those of the first
 * part, so that what stands there from before another broker's run is not believed. There are two, written in turn, so
 * that a process that ends between note and times leaves the note that belongs to the times before. One of the same
 * position and times as the last takes its place, since nothing would tell which of the two is newer.
 */
final class Checkpoint implements ForcedMark, AutoCloseable {
    static final int BYTES = 4096;

    private static final int MARK = 1024;
    private static final int MARK_BYTES = 2 * Long.BYTES + Integer.BYTES;
    private static final int[] NOTES = {2048, 3072};
    private static final int NOTE_BYTES = 6 * Long.BYTES + Integer.BYTES;
    private static final long MAGIC = 0x5445524E4D513031L; // TERNMQ01 in ASCII

    private final StoreFile file;
    private int newest = 1; // which of the notes; the other one is mostly written next
    private Optional<Place> noted = Optional.empty(); // in the newest
    private long notedMillis;
    private volatile boolean isMarkUnforced; // raised by the flusher, lowered by the upkeep

    /** Opens the file, which is made if missing and lengthened if cut short. */
    Checkpoint(StoreFiles files, Path path) throws IOException {
        file = files.exists(path) ? files.open(path) : files.create(path, BYTES);
        if (file.size() != BYTES) {
            file.resize(BYTES);
        }
    }

    /**
     * What a checkpoint says.
     *
     * @param millis store time up to which the log and its queues are forced; 0 if it does not say
     * @param place positions, if they can be believed
     * @param forced up to here the log is forced, if that can be believed
     */
    record State(long millis, Optional<Place> place, OptionalLong forced) {}

    /**
     * Where the queues have come to.
     *
     * @param lastRecord position of the last record that is in the queues
     * @param dispatched position behind it
     * @param fingerprint of the queues at that moment
     */
    record Place(long lastRecord, long dispatched, long fingerprint) {}

    State read() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        file.read(bytes, 0);
        Optional<Place> place = Optional.empty();
        for (int i = 0; i < NOTES.length; i++) {
            Optional<Place> one = placeAt(bytes, NOTES[i]);
            if (one.isPresent()
                    && (place.isEmpty() || place.get().dispatched() <= one.get().dispatched())) {
                place = one;
                newest = i;
            }
        }
        noted = place;
        notedMillis = bytes.getLong(0);
        boolean isNew = bytes.getLong(0) == 0 && bytes.getLong(Long.BYTES) == 0;
        boolean isMarked = (place.isPresent() || isNew) && isSealed(bytes, MARK, MARK_BYTES);
        return new State(
                Math.min(bytes.getLong(0), bytes.getLong(Long.BYTES)),
                place,
                isMarked ? OptionalLong.of(bytes.getLong(MARK + Long.BYTES)) : OptionalLong.empty());
    }

    private static Optional<Place> placeAt(ByteBuffer bytes, int note) {
        boolean isOfNow = isSealed(bytes, note, NOTE_BYTES)
                && bytes.getLong(note + Long.BYTES) == bytes.getLong(0)
                && bytes.getLong(note + 2 * Long.BYTES) == bytes.getLong(Long.BYTES);
        int at = note + 3 * Long.BYTES;
        return isOfNow
                ? Optional.of(new Place(
                        bytes.getLong(at), bytes.getLong(at + Long.BYTES), bytes.getLong(at + 2 * Long.BYTES)))
                : Optional.empty();
    }

    /** Writes and forces times and note; after {@link #read}. The rest of the file, which others may use, stays as it is. */
    void write(long millis, Place place) throws IOException {
        ByteBuffer times = ByteBuffer.allocate(2 * Long.BYTES).putLong(millis).putLong(millis);
        ByteBuffer note = ByteBuffer.allocate(NOTE_BYTES)
                .putLong(MAGIC)
                .putLong(millis)
                .putLong(millis)
                .putLong(place.lastRecord())
                .putLong(place.dispatched())
                .putLong(place.fingerprint());
        boolean replacesNewest =
                millis == notedMillis && noted.isPresent() && noted.get().dispatched() == place.dispatched();
        if (!replacesNewest) {
            newest = 1 - newest;
        }
        noted = Optional.of(place);
        notedMillis = millis;
        file.write(sealed(note), NOTES[newest]);
        file.write(times.flip(), 0); // from now on that note counts
        file.force();
    }

    @Override
    public void forcedTo(long position) throws IOException {
        ByteBuffer mark = ByteBuffer.allocate(MARK_BYTES).putLong(MAGIC).putLong(position);
        file.write(sealed(mark), MARK);
        isMarkUnforced = true;
    }

    /** Forces the mark, if it was written since the last time. */
    void forceMark() throws IOException {
        if (isMarkUnforced) {
            isMarkUnforced = false; // before: a mark written during the force is forced the next time
            file.force();
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static ByteBuffer sealed(ByteBuffer part) {
        return part.putInt(crc(part, 0, part.position())).flip();
    }

    private static boolean isSealed(ByteBuffer bytes, int at, int length) {
        int crcAt = length - Integer.BYTES;
        return bytes.getLong(at) == MAGIC && bytes.getInt(at + crcAt) == crc(bytes, at, crcAt);
    }

    private static int crc(ByteBuffer bytes, int at, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes.slice(at, length));
        return (int) crc.getValue();
    }
}
