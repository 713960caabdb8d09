package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.file.StoreFile;
import io.ternmq.broker.store.file.StoreFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The checkpoint file: up to where queues are on disk, so that a start need not read the whole log. Owns the file.
 *
 * <pre>
 * byte  0         8          16        24         32            40 ...   2048 ...                       4096
 *       +---------+----------+---------+----------+-------------+--------+------------------------------+
 *       | log     | queues   | index   | flushed  | confirmed   | zeros  | note, see below              |
 *       | millis  | millis   | millis  | position | position    |        |                              |
 *       +---------+----------+---------+----------+-------------+--------+------------------------------+
 * note  0       8             16           24            32           40    44                  big-endian
 *       +-------+-------------+------------+-------------+------------+-----+
 *       | magic | log millis  | queues     | last record | dispatched | crc |
 *       |       | once more   | once more  | position    | position   |     |
 *       +-------+-------------+------------+-------------+------------+-----+
 * </pre>
 *
 * The first part is what every broker of this format writes: store times, up to which things are forced. The note is
 * ours, where others write zeros or leave what is there: it counts only if the times in it are those of the first part,
 * so that a note from before another broker's run is not believed.
 */
final class Checkpoint {
    static final int BYTES = 4096;

    private static final int NOTE = 2048;
    private static final int NOTE_BYTES = 5 * Long.BYTES + Integer.BYTES;
    private static final long MAGIC = 0x5445524E4D513031L; // TERNMQ01 in ASCII

    private final StoreFiles files;
    private final Path path;

    Checkpoint(StoreFiles files, Path path) {
        this.files = files;
        this.path = path;
    }

    /**
     * What a checkpoint says.
     *
     * @param millis store time up to which the log and its queues are forced
     * @param place positions, if they can be believed
     */
    record State(long millis, Optional<Place> place) {}

    /**
     * Where the queues have come to.
     *
     * @param lastRecord position of the last record that is in the queues
     * @param dispatched position behind it
     */
    record Place(long lastRecord, long dispatched) {}

    /** Reads it; empty if there is none. */
    Optional<State> read() throws IOException {
        if (!files.exists(path)) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        try (StoreFile file = files.open(path)) {
            file.read(bytes, 0); // a shorter file leaves zeros, which say nothing
        }
        long logMillis = bytes.getLong(0);
        long queuesMillis = bytes.getLong(Long.BYTES);
        boolean isOurs = bytes.getLong(NOTE) == MAGIC
                && bytes.getInt(NOTE + NOTE_BYTES - Integer.BYTES) == crc(bytes)
                && bytes.getLong(NOTE + Long.BYTES) == logMillis
                && bytes.getLong(NOTE + 2 * Long.BYTES) == queuesMillis;
        Optional<Place> place = isOurs
                ? Optional.of(new Place(bytes.getLong(NOTE + 3 * Long.BYTES), bytes.getLong(NOTE + 4 * Long.BYTES)))
                : Optional.empty();
        return Optional.of(new State(Math.min(logMillis, queuesMillis), place));
    }

    /** Writes and forces it. The rest of the file, which others may use, stays as it is. */
    void write(long millis, Place place) throws IOException {
        ByteBuffer times = ByteBuffer.allocate(2 * Long.BYTES).putLong(millis).putLong(millis);
        ByteBuffer note = ByteBuffer.allocate(BYTES);
        note.position(NOTE);
        note.putLong(MAGIC)
                .putLong(millis)
                .putLong(millis)
                .putLong(place.lastRecord())
                .putLong(place.dispatched());
        note.putInt(crc(note));
        try (StoreFile file = files.exists(path) ? files.open(path) : files.create(path, BYTES)) {
            if (file.size() != BYTES) {
                file.resize(BYTES);
            }
            // Times first: if only they reach the disk the note is not believed, and the times alone are true.
            file.write(times.flip(), 0);
            file.write(note.flip().position(NOTE), NOTE);
            file.force();
        }
    }

    private static int crc(ByteBuffer bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes.slice(NOTE, NOTE_BYTES - Integer.BYTES));
        return (int) crc.getValue();
    }
}
