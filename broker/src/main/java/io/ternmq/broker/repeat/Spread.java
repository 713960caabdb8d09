package io.ternmq.broker.repeat;

/** Spreads numbers that differ little over all 32 bits. */
final class Spread {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L; // 2^64 divided by the golden ratio: Fibonacci hashing

    private Spread() {}

    static int of(long number) {
        long mixed = (number ^ (number >>> Integer.SIZE)) * GOLDEN;
        return (int) (mixed >>> Integer.SIZE);
    }
}
