package io.ternmq.remoting.frame;

import java.util.Arrays;

/**
 * The first fields of the last header of one kind, as texts and as the bytes that stood for them, so that the next header
 * need only be looked at where it differs, and only that is replaced here: to store a text in what lives long costs a
 * collector more than to read it. Owns the copy, of {@value #COUNT_MAX} fields and {@value #BYTES_MAX} bytes at most; fields
 * beyond are not kept. A place that is not in use may still hold the text that it had. Not safe for use by several threads.
 */
final class SeenFields {
    static final int COUNT_MAX = 24;
    static final int BYTES_MAX = 1024;

    private final String[] names = new String[COUNT_MAX];
    private final String[] values = new String[COUNT_MAX];
    private final int[] starts = new int[COUNT_MAX + 1]; // of the entries' bytes; of the last one also where they end
    private final byte[] bytes = new byte[BYTES_MAX];
    private int count;

    /** How many are kept. */
    int count() {
        return count;
    }

    String name(int index) {
        return names[index];
    }

    String value(int index) {
        return values[index];
    }

    /** Bytes of an entry. */
    int length(int index) {
        return starts[index + 1] - starts[index];
    }

    /** How many bytes from {@code start} on are those of the entries from {@code index} on. */
    int agreement(int index, byte[] source, int start, int end) {
        int from = starts[index];
        int to = starts[count];
        int differs = Arrays.mismatch(bytes, from, to, source, start, end);
        return differs < 0 ? to - from : differs;
    }

    /**
     * Up to which index the entries from {@code index} on are the very texts of {@code fields} there; texts that are only
     * equal do not count.
     */
    @SuppressWarnings("ReferenceEquality") // to compare equal texts would cost more than to write them
    int sameUpTo(int index, HeaderFields fields) {
        int limit = Math.min(count, fields.count());
        int same = index;
        while (same < limit && names[same] == fields.name(same) && values[same] == fields.value(same)) {
            same++;
        }
        return same;
    }

    /** Writes the bytes of the entries from {@code from} to {@code to}. */
    void write(int from, int to, HeaderBytes out) {
        out.bytes(bytes, starts[from], starts[to]);
    }

    /**
     * Puts an entry in place of the one at {@code index}, or behind the last one. What does not fit is not kept, nor what
     * follows it.
     *
     * @param from where in {@code source} its bytes begin
     * @param to where they end
     */
    @SuppressWarnings("ReferenceEquality") // the very text that is there need not be stored again
    void put(int index, String name, String value, byte[] source, int from, int to) {
        if (index > count || index == COUNT_MAX) {
            return;
        }
        int length = to - from;
        if (index < count && starts[count] - length(index) + length <= BYTES_MAX) {
            makeRoom(index, length);
        } else if (starts[index] + length <= BYTES_MAX) {
            count = index + 1;
            starts[count] = starts[index] + length;
        } else {
            count = index;
            return;
        }
        System.arraycopy(source, from, bytes, starts[index], length);
        if (names[index] != name) {
            names[index] = name;
        }
        values[index] = value;
    }

    // Moves what follows an entry that is replaced by one of another length.
    private void makeRoom(int index, int length) {
        int more = length - length(index);
        if (more != 0) {
            int next = starts[index + 1];
            System.arraycopy(bytes, next, bytes, next + more, starts[count] - next);
            for (int following = index + 1; following <= count; following++) {
                starts[following] += more;
            }
        }
    }
}
