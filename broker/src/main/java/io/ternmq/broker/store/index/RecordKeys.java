package io.ternmq.broker.store.index;

import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.MessageRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Finds the hashes under which a record is indexed: its unique key, then each word of its keys, each behind its topic
 * and a {@code #}. Makes no strings as long as all is ASCII. Used by one thread.
 */
final class RecordKeys {
    private static final byte[] UNIQUE_KEY = MessageProperties.UNIQUE_KEY.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEYS = MessageProperties.KEYS.getBytes(StandardCharsets.US_ASCII);
    private static final char TOPIC_END = '#';
    private static final char WORD_END = MessageProperties.KEY_SEPARATOR.charAt(0);
    private static final int FACTOR = 31;

    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int uniqueAt; // of the value; negative if there is none
    private int uniqueEnd;
    private int keysAt; // the same
    private int keysEnd;

    /** Takes a key's hash. */
    @FunctionalInterface
    interface Sink {
        void accept(int hash);
    }

    /** The hash of a key as entries hold it: that of the string {@code topic#key}, made positive. */
    static int hashOf(String topic, String key) {
        return positive(extended(FACTOR * topic.hashCode() + TOPIC_END, key));
    }

    /** Hands over the hashes of a record's keys, in the order in which they are indexed. */
    void forEach(MessageRecord record, Sink sink) {
        find(record.buffer(), record.propertiesIndex(), record.propertiesBytes());
        if (uniqueAt < 0 && keysAt < 0) {
            return;
        }
        int topicEnd = record.topicIndex() + record.topicBytes();
        int prefix = FACTOR * extended(0, record.topicIndex(), topicEnd) + TOPIC_END;
        if (uniqueAt >= 0) {
            sink.accept(positive(extended(prefix, uniqueAt, uniqueEnd)));
        }
        int start = keysAt;
        while (start >= 0 && start < keysEnd) {
            int end = start;
            while (end < keysEnd && buffer.get(end) != WORD_END) {
                end++;
            }
            if (end > start) {
                sink.accept(positive(extended(prefix, start, end)));
            }
            start = end + 1;
        }
    }

    private void find(ByteBuffer bytes, int index, int length) {
        buffer = bytes;
        uniqueAt = -1;
        keysAt = -1;
        int end = index + length;
        int start = index;
        while (start < end) {
            int pieceEnd = start;
            while (pieceEnd < end && buffer.get(pieceEnd) != MessageProperties.PROPERTY_SEPARATOR) {
                pieceEnd++;
            }
            if (isNamed(UNIQUE_KEY, start, pieceEnd)) { // of several with one name the last one counts
                uniqueAt = start + UNIQUE_KEY.length + 1;
                uniqueEnd = pieceEnd;
            } else if (isNamed(KEYS, start, pieceEnd)) {
                keysAt = start + KEYS.length + 1;
                keysEnd = pieceEnd;
            }
            start = pieceEnd + 1;
        }
    }

    // Whether a piece is a pair of this name with a value of at least one byte.
    private boolean isNamed(byte[] name, int start, int end) {
        if (end - start <= name.length + 1
                || buffer.get(start + name.length) != MessageProperties.NAME_VALUE_SEPARATOR) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (buffer.get(start + i) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private int extended(int hash, int start, int end) {
        int sum = hash;
        for (int i = start; i < end; i++) {
            byte unit = buffer.get(i);
            if (unit < 0) {
                byte[] bytes = new byte[end - start];
                buffer.get(start, bytes);
                return extended(hash, new String(bytes, StandardCharsets.UTF_8));
            }
            sum = FACTOR * sum + unit;
        }
        return sum;
    }

    private static int extended(int hash, String text) {
        int sum = hash;
        for (int i = 0; i < text.length(); i++) {
            sum = FACTOR * sum + text.charAt(i);
        }
        return sum;
    }

    static int positive(int hash) {
        return hash == Integer.MIN_VALUE ? 0 : Math.abs(hash);
    }
}
