package io.ternmq.broker.store.engine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * How far behind the log's end the system is likely to hold pages in memory: as set, or a part of what memory there is.
 * That is asked for when it first matters, since the answer takes a start its time. Any thread.
 */
final class CachedReach {
    private static final int PERCENT = 40; // the system keeps what was used last, and leaves the rest to programs
    private static final long BYTES_UNKNOWN = 1L << 30;

    private final LongSupplier machineBytes;
    private volatile long bytes; // 0 until it is known; written by whoever asks first, the same by all

    /** @param setBytes what an operator has set; 0 for a part of the machine's memory */
    CachedReach(long setBytes) {
        this(setBytes, CachedReach::machineBytes);
    }

    CachedReach(long setBytes, LongSupplier machineBytes) {
        this.bytes = setBytes;
        this.machineBytes = machineBytes;
    }

    long bytes() {
        long known = bytes;
        if (known == 0) {
            known = Math.max(1, machineBytes.getAsLong() / 100 * PERCENT);
            bytes = known;
        }
        return known;
    }

    // Of the container, where its limit is lower.
    private static long machineBytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? machine.getTotalMemorySize()
                : BYTES_UNKNOWN;
    }
}
