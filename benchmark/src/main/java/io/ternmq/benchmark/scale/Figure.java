package io.ternmq.benchmark.scale;

/**
 * One measured run at one point.
 *
 * @param point that was measured
 * @param round from 0
 * @param messages stored
 * @param nanos it took
 * @param cpuMicros the broker used of all processors
 * @param switches of the broker's threads
 * @param rssKib resident memory of the broker afterwards
 */
record Figure(Point point, int round, long messages, long nanos, long cpuMicros, long switches, long rssKib) {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double KIB_PER_MIB = 1024;

    double cpuMicrosPerMessage() {
        return (double) cpuMicros / messages;
    }

    double switchesPerMessage() {
        return (double) switches / messages;
    }

    double perSecond() {
        return messages * NANOS_PER_SECOND / nanos;
    }

    double rssMib() {
        return rssKib / KIB_PER_MIB;
    }
}
