package io.ternmq.broker.store.queue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * How many files of queues may be open: as set, or a part of what this process may open. That is asked for when it first
 * matters, since the answer takes a start its time. Used under its owner's lock.
 */
final class QueueFilesAllowed {
    /** So many may be open anywhere. */
    static final int FEW = 1024;

    /** So many are a queue each for several thousand topics; more would cost memory that they are not worth. */
    static final int MANY = 16 * 1024;

    /** Of what the process may open; the rest is for connections and the log. */
    private static final int PERCENT = 50;

    private final LongSupplier processMax;
    private int limit; // 0 until it is known

    /** @param set what an operator has set; 0 for a part of what the process may open */
    QueueFilesAllowed(int set) {
        this(set, QueueFilesAllowed::processMax);
    }

    QueueFilesAllowed(int set, LongSupplier processMax) {
        this.processMax = processMax;
        this.limit = set;
    }

    boolean isTooMany(int open) {
        if (limit == 0 && open > FEW) {
            long part = processMax.getAsLong() / 100 * PERCENT;
            limit = (int) Math.max(FEW, Math.min(MANY, part));
        }
        return limit > 0 && open > limit;
    }

    private static long processMax() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : 0;
    }
}
