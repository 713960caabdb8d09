package io.ternmq.broker.repeat;

/** Spreads numbers that differ little over all 32 bits. */
final class Spread {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L; // 2^64 divided by the golden ratio: Fibonacci hashing

    /** Numbers of one owner that stay beside each other: their buckets share lines of memory. A power of two. */
    static final int RUN = 1024;

    private Spread() {}

    /**
     * As {@link #of}, for what its owner numbers one by one. What follows each other lies in neighbouring places, run by
     * run, so that a window of many entries is gone through in order and not at random, which costs a wait for memory each.
     * Where an owner's first run begins differs by owner, since most owners number from 0 and many make few.
     */
    static int ofNumbered(long owner, long number) {
        int ofOwner = of(owner);
        long shifted = number + (ofOwner & RUN - 1);
        return (of(owner * 31 + Math.floorDiv(shifted, RUN)) & -RUN) + Math.floorMod(shifted, RUN);
    }

    static int of(long number) {
        long mixed = (number ^ (number >>> Integer.SIZE)) * GOLDEN;
        return (int) (mixed >>> Integer.SIZE);
    }
}
