package io.ternmq.broker.send;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The messages in the body of a batch, or what is wrong with it.
 *
 * <pre>
 * each message, big-endian:
 * byte  0      4         8        12     16       20            20 + n
 *       +------+---------+--------+------+--------+-------------+-----------+------------+
 *       | size | ignored | ignored | flag | n      | body        | m (2)     | properties |
 *       +------+---------+--------+------+--------+-------------+-----------+------------+
 * </pre>
 *
 * @param entries the messages in order; empty if there is a problem
 * @param problem a sentence with values; empty for a sound batch
 */
record SentBatch(List<Entry> entries, Optional<String> problem) {
    /** Messages in one batch at most: what bounds the ids in the header of its answer. */
    static final int COUNT_MAX = 16_384;

    private static final int FIXED_BYTES = 4 + 4 + 4 + 4 + 4 + 2;

    /**
     * One message of a batch.
     *
     * @param body a view of the batch
     */
    record Entry(int flag, ByteBuffer body, String properties) {}

    /** Reads from position to limit, leaving both as they are. */
    static SentBatch parse(ByteBuffer batch) {
        ByteBuffer rest = batch.duplicate();
        List<Entry> entries = new ArrayList<>();
        while (rest.hasRemaining()) {
            if (entries.size() == COUNT_MAX) {
                return malformed("Batch holds more than " + COUNT_MAX + " messages");
            }
            int start = rest.position();
            int left = rest.remaining();
            int size = left < FIXED_BYTES ? left : rest.getInt(start);
            if (size < FIXED_BYTES || size > left) {
                return malformed("Message " + entries.size() + " of the batch claims " + size + " bytes: expected "
                        + FIXED_BYTES + " to " + left);
            }
            Optional<Entry> entry = entry(rest.slice(start, size));
            if (entry.isEmpty()) {
                return malformed("Message " + entries.size() + " of the batch has a body or properties longer than its "
                        + size + " bytes");
            }
            entries.add(entry.get());
            rest.position(start + size);
        }
        return entries.isEmpty() ? malformed("Batch holds no message") : new SentBatch(entries, Optional.empty());
    }

    private static Optional<Entry> entry(ByteBuffer message) {
        try {
            message.position(12);
            int flag = message.getInt();
            int bodyBytes = message.getInt();
            ByteBuffer body = message.slice(message.position(), bodyBytes);
            message.position(message.position() + bodyBytes);
            byte[] properties = new byte[Short.toUnsignedInt(message.getShort())];
            message.get(properties);
            return Optional.of(new Entry(flag, body, new String(properties, StandardCharsets.UTF_8)));
        } catch (IndexOutOfBoundsException | IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty(); // a length that leads out of the message
        }
    }

    private static SentBatch malformed(String problem) {
        return new SentBatch(List.of(), Optional.of(problem));
    }
}
