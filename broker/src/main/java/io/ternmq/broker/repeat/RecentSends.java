package io.ternmq.broker.repeat;

import java.util.Arrays;

/**
 * Where the sends stored last lie in the log, by the hash of their identity: a ring of entries, the oldest overwritten,
 * and over it a chain for each bucket of hashes. Names candidates; the record itself tells whether it is the one. Takes
 * 20 bytes an entry, in blocks that come with the entries. Owns them; any thread.
 */
final class RecentSends {
    /** Entries that memory is taken for at once: 80 KiB. */
    static final int BLOCK = 4096;

    private static final long[] NONE = {};
    private static final int FOUND_MAX = 16; // far more sends of one hash than chance brings: the newest count

    private final int capacity;
    private final Block[] blocks; // null until the first entry comes that lies there
    private int buckets = 1; // as many as there are entries, so that their memory comes in the same blocks
    private long count; // entries written so far

    /** @param capacity entries kept, 1 or more */
    RecentSends(int capacity) {
        this.capacity = capacity;
        this.blocks = new Block[(capacity - 1) / BLOCK + 1];
    }

    /** Notes that a send's first message lies at {@code position}; forgets the oldest entry beyond the capacity. */
    synchronized void add(int hash, long position) {
        int index = indexOf(count + 1);
        if (blocks[index / BLOCK] == null) {
            blocks[index / BLOCK] = new Block(Math.min(BLOCK, capacity - index));
        }
        if (buckets < Math.min(count + 1, capacity)) {
            split();
        }
        int bucket = bucketOf(hash);
        int step = ageOf(bucket) + 1;
        count++;
        Block block = blocks[index / BLOCK];
        block.positions[index % BLOCK] = position;
        block.hashes[index % BLOCK] = hash;
        block.steps[index % BLOCK] = step < capacity ? step : 0;
        newest(bucket, (int) count);
    }

    /** Positions noted under this hash, the newest first; mostly none. */
    synchronized long[] find(int hash) {
        long[] found = NONE;
        if (count == 0) {
            return found;
        }
        int age = ageOf(bucketOf(hash));
        while (age < Math.min(count, capacity) && found.length < FOUND_MAX) {
            int index = indexOf(count - age);
            Block block = blocks[index / BLOCK];
            if (block.hashes[index % BLOCK] == hash) {
                found = Arrays.copyOf(found, found.length + 1);
                found[found.length - 1] = block.positions[index % BLOCK];
            }
            int step = block.steps[index % BLOCK];
            if (step == 0) {
                break;
            }
            age += step;
        }
        return found;
    }

    // One bucket more, which takes its part of the chain of one that is there: the table grows entry by entry, where
    // one
    // that doubles would keep a send waiting while all is sorted anew. Over once the ring is full.
    private void split() {
        int from = buckets - Integer.highestOneBit(buckets);
        int to = buckets;
        int number = newestOf(from);
        buckets++;
        newest(from, 0);
        newest(to, 0);
        int lastFrom = 0;
        int lastTo = 0;
        while (number != 0) {
            int bucket = bucketOf(hashOf(number));
            int last = bucket == from ? lastFrom : lastTo;
            if (last == 0) {
                newest(bucket, number);
            } else {
                step(last, last - number);
            }
            lastFrom = bucket == from ? number : lastFrom;
            lastTo = bucket == to ? number : lastTo;
            int step = stepOf(number);
            step(number, 0);
            number = step == 0 ? 0 : number - step;
        }
    }

    // How many entries have been written after the bucket's newest one; the capacity or more if it has none.
    private int ageOf(int bucket) {
        int age = (int) count - newestOf(bucket);
        return age < 0 || age >= Math.min(count, capacity) ? capacity : age;
    }

    // Linear hashing: by so many bits that they name all buckets, or one bit less for buckets not there yet.
    private int bucketOf(int hash) {
        int half = Integer.highestOneBit(buckets);
        int bucket = hash & (2 * half - 1);
        return bucket < buckets ? bucket : bucket & (half - 1);
    }

    private int indexOf(long number) {
        return (int) ((number - 1) % capacity);
    }

    // By number, which counts entries from 1.
    private int hashOf(int number) {
        return blocks[indexOf(number) / BLOCK].hashes[indexOf(number) % BLOCK];
    }

    private int stepOf(int number) {
        return blocks[indexOf(number) / BLOCK].steps[indexOf(number) % BLOCK];
    }

    private void step(int number, int step) {
        blocks[indexOf(number) / BLOCK].steps[indexOf(number) % BLOCK] = step;
    }

    private int newestOf(int bucket) {
        return blocks[bucket / BLOCK].newest[bucket % BLOCK];
    }

    private void newest(int bucket, int number) {
        blocks[bucket / BLOCK].newest[bucket % BLOCK] = number;
    }

    /** Entries beside each other, and as many buckets. */
    private static final class Block {
        private final long[] positions;
        private final int[] hashes;
        private final int[] steps; // how many entries ago the same bucket was written before; 0: too long ago, or never
        private final int[] newest; // by bucket: lower half of its newest entry's number, which counts from 1

        Block(int entries) {
            positions = new long[entries];
            hashes = new int[entries];
            steps = new int[entries];
            newest = new int[entries];
        }
    }
}
