package io.ternmq.broker.filter.sql;

import io.ternmq.common.message.MessageProperties;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where the properties that a condition asks for lie in the record at hand. Scratch space of one evaluation at a time: the
 * property string is gone through once, whatever the number of names, and nothing of it is copied.
 */
final class RecordProperties {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int MISSING = -1;

    private final TextTable names;
    private final int[] starts;
    private final int[] lengths;
    private final NumberReader numbers = new NumberReader();
    private ByteBuffer buffer = NOTHING;

    RecordProperties(TextTable names) {
        this.names = names;
        this.starts = new int[names.size()];
        this.lengths = new int[names.size()];
    }

    /** Looks at the property string that lies at {@code index}: read as {@code PropertyString} reads it. */
    void take(ByteBuffer record, int index, int length) {
        buffer = record;
        Arrays.fill(lengths, MISSING);
        int end = index + length;
        int start = index;
        while (start < end) {
            int nameEnd = MISSING;
            int pairEnd = start;
            byte unit;
            while (pairEnd < end && (unit = record.get(pairEnd)) != MessageProperties.PROPERTY_SEPARATOR) {
                if (unit == MessageProperties.NAME_VALUE_SEPARATOR && nameEnd == MISSING) {
                    nameEnd = pairEnd;
                }
                pairEnd++;
            }
            if (nameEnd > start && nameEnd + 1 < pairEnd) {
                note(start, nameEnd, pairEnd);
            }
            start = pairEnd + 1;
        }
    }

    /** Forgets the record, so that nothing keeps its memory. */
    void letGo() {
        buffer = NOTHING;
    }

    // The last of several pairs with one name counts.
    private void note(int nameAt, int nameEnd, int pairEnd) {
        int slot = names.find(buffer, nameAt, nameEnd - nameAt);
        if (slot >= 0) {
            starts[slot] = nameEnd + 1;
            lengths[slot] = pairEnd - nameEnd - 1;
        }
    }

    boolean has(int slot) {
        return lengths[slot] != MISSING;
    }

    int start(int slot) {
        return starts[slot];
    }

    int length(int slot) {
        return lengths[slot];
    }

    ByteBuffer buffer() {
        return buffer;
    }

    NumberReader numbers() {
        return numbers;
    }
}
