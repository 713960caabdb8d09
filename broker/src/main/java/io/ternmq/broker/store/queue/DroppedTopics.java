package io.ternmq.broker.store.queue;

import io.ternmq.broker.store.file.StoreFile;
import io.ternmq.broker.store.file.StoreFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Which topics were deleted, and where the log ended then: records below stay in the log, and queues derived from it
 * anew must not bring them back. Owns the file {@code droppedtopics}, to which entries are only ever added, of which the
 * last one of a topic counts; it goes when the log no longer has any record it speaks of. The dispatcher's thread, or the
 * one that opens the store.
 *
 * <pre>
 * byte  0     4           12       12 + n       big-endian
 *       +-----+-----------+--------+-----+
 *       | n   | position  | topic  | crc |
 *       +-----+-----------+--------+-----+
 * </pre>
 */
final class DroppedTopics {
    private static final int HEAD_BYTES = Integer.BYTES + Long.BYTES;
    private static final int TOPIC_BYTES_MAX = 1 << 15;

    private final StoreFiles files;
    private final Path path;
    private final Map<String, Long> positions = new HashMap<>();
    private long limit; // the highest of them
    private long end; // of the whole entries in the file

    DroppedTopics(StoreFiles files, Path path) {
        this.files = files;
        this.path = path;
    }

    /** Reads what is there, up to the first entry that was not written to its end. */
    void load() throws IOException {
        if (!files.exists(path)) {
            return;
        }
        try (StoreFile file = files.open(path)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(Integer.MAX_VALUE - 8, file.size()));
            file.read(bytes, 0);
            bytes.flip();
            while (bytes.remaining() >= HEAD_BYTES + Integer.BYTES && take(bytes)) {
                end = bytes.position();
            }
        }
        limit = positions.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private boolean take(ByteBuffer bytes) {
        int begin = bytes.position();
        int length = bytes.getInt();
        if (length < 1 || length > TOPIC_BYTES_MAX || bytes.remaining() < Long.BYTES + length + Integer.BYTES) {
            return false;
        }
        long position = bytes.getLong();
        byte[] topic = new byte[length];
        bytes.get(topic);
        if (bytes.getInt() != crc(bytes, begin, HEAD_BYTES + length)) {
            return false;
        }
        note(new String(topic, StandardCharsets.UTF_8), position);
        return true;
    }

    /** Whether a record of this topic at this log position was there when the topic was deleted. */
    boolean covers(String topic, long position) {
        Long dropped = positions.get(topic);
        return dropped != null && position < dropped;
    }

    /** No record at or above this position is covered. */
    long limit() {
        return limit;
    }

    /** Notes, on disk when this returns, that a topic was deleted when the log ended at {@code position}. */
    void add(String topic, long position) throws IOException {
        write(List.of(entry(topic, position)));
        note(topic, position);
    }

    /**
     * The log was found to end at {@code logEnd}: what is appended from there on came after each deletion, also after
     * one that was noted when the log had more, which a power cut has taken.
     */
    void endAt(long logEnd) throws IOException {
        if (limit <= logEnd) {
            return;
        }
        List<ByteBuffer> entries = new ArrayList<>();
        positions.forEach((topic, position) -> {
            if (position > logEnd) {
                entries.add(entry(topic, logEnd));
            }
        });
        write(entries);
        positions.replaceAll((topic, position) -> Math.min(position, logEnd));
        limit = logEnd;
    }

    private void write(List<ByteBuffer> entries) throws IOException {
        boolean isNew = !files.exists(path);
        try (StoreFile file = isNew ? files.create(path, 0) : files.open(path)) {
            long at = end;
            for (ByteBuffer entry : entries) {
                int bytes = entry.remaining();
                file.write(entry, at);
                at += bytes;
            }
            file.force();
            end = at;
        }
        files.forceDirectory(path.getParent()); // always: what made the file may have been killed before
    }

    /** The log begins at {@code minPosition} now. */
    void prune(long minPosition) throws IOException {
        positions.values().removeIf(position -> position <= minPosition);
        if (limit > 0 && limit <= minPosition) {
            files.delete(path);
            limit = 0;
            end = 0;
        }
    }

    private void note(String topic, long position) {
        positions.put(topic, position);
        limit = Math.max(limit, position);
    }

    private static ByteBuffer entry(String topic, long position) {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        ByteBuffer entry = ByteBuffer.allocate(HEAD_BYTES + name.length + Integer.BYTES);
        entry.putInt(name.length).putLong(position).put(name);
        return entry.putInt(crc(entry, 0, entry.position())).flip();
    }

    private static int crc(ByteBuffer bytes, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes.slice(from, length));
        return (int) crc.getValue();
    }
}
