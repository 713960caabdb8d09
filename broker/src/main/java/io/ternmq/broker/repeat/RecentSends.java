package io.ternmq.broker.repeat;

import java.util.Arrays;

/**
 * Where the sends stored last lie in the log, by the hash of their identity: a ring of entries, the oldest overwritten,
 * and over it a chain for each bucket of hashes. Names candidates; the record itself tells whether it is the one. Takes
 * 20 to 24 bytes an entry. Owns its arrays; any thread.
 */
final class RecentSends {
    private static final long[] NONE = {};
    private static final int FOUND_MAX = 16; // far more sends of one hash than chance brings: the newest count

    private final int capacity;
    private final long[] positions;
    private final int[] hashes;
    private final int[] steps; // how many entries ago the same bucket was written before; 0 for too long ago or never
    private final int[] newest; // by bucket: lower half of its newest entry's number, which counts from 1
    private long count; // entries written so far

    /** @param capacity entries kept, 1 or more */
    RecentSends(int capacity) {
        this.capacity = capacity;
        this.positions = new long[capacity];
        this.hashes = new int[capacity];
        this.steps = new int[capacity];
        this.newest = new int[Integer.highestOneBit(Math.max(2, capacity) - 1) << 1];
    }

    /** Notes that a send's first message lies at {@code position}; forgets the oldest entry beyond the capacity. */
    synchronized void add(int hash, long position) {
        int bucket = bucketOf(hash);
        int step = ageOf(bucket) + 1;
        count++;
        int index = indexOf(count);
        positions[index] = position;
        hashes[index] = hash;
        steps[index] = step < capacity ? step : 0;
        newest[bucket] = (int) count;
    }

    /** Positions noted under this hash, the newest first; mostly none. */
    synchronized long[] find(int hash) {
        long[] found = NONE;
        int age = ageOf(bucketOf(hash));
        while (age < Math.min(count, capacity) && found.length < FOUND_MAX) {
            int index = indexOf(count - age);
            if (hashes[index] == hash) {
                found = Arrays.copyOf(found, found.length + 1);
                found[found.length - 1] = positions[index];
            }
            if (steps[index] == 0) {
                break;
            }
            age += steps[index];
        }
        return found;
    }

    // How many entries have been written after the bucket's newest one; the capacity or more if it has none.
    private int ageOf(int bucket) {
        int age = (int) count - newest[bucket];
        return age < 0 || age >= Math.min(count, capacity) ? capacity : age;
    }

    private int bucketOf(int hash) {
        return hash & (newest.length - 1);
    }

    private int indexOf(long number) {
        return (int) (number % capacity);
    }
}
