package io.ternmq.broker.store.index;

import java.util.Arrays;

/**
 * Keys taken in and not written yet, in the order of their records. Owned by the dispatcher's thread. Bounded by what
 * the dispatcher gives between two settlements.
 */
final class PendingKeys {
    private static final int CAPACITY_KEPT = 1 << 12;

    private int[] hashes = new int[CAPACITY_KEPT];
    private long[] positions = new long[CAPACITY_KEPT];
    private long[] storeMillis = new long[CAPACITY_KEPT];
    private int from;
    private int to;

    void add(int hash, long position, long millis) {
        if (to == hashes.length) {
            hashes = Arrays.copyOf(hashes, to * 2);
            positions = Arrays.copyOf(positions, to * 2);
            storeMillis = Arrays.copyOf(storeMillis, to * 2);
        }
        hashes[to] = hash;
        positions[to] = position;
        storeMillis[to] = millis;
        to++;
    }

    boolean isEmpty() {
        return from == to;
    }

    int count() {
        return to - from;
    }

    int hash(int index) {
        return hashes[from + index];
    }

    long position(int index) {
        return positions[from + index];
    }

    long millis(int index) {
        return storeMillis[from + index];
    }

    /** How many of the first keys belong to whole records and are at most {@code limit}. */
    int wholeRecords(int limit) {
        if (count() <= limit) {
            return count();
        }
        int whole = limit;
        while (whole > 0 && position(whole) == position(whole - 1)) {
            whole--;
        }
        return whole;
    }

    /** The first ones are written. */
    void drop(int count) {
        from += count;
        if (isEmpty()) {
            from = 0;
            to = 0;
            if (hashes.length > CAPACITY_KEPT) {
                hashes = new int[CAPACITY_KEPT];
                positions = new long[CAPACITY_KEPT];
                storeMillis = new long[CAPACITY_KEPT];
            }
        }
    }
}
