package io.ternmq.client.trace;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts records that were given up. Says so once when the first is, and how many there were at the end. Thread-safe. */
final class TraceLosses {
    private static final Logger log = LoggerFactory.getLogger(TraceLosses.class);

    private final TraceSettings settings;
    private final AtomicLong count = new AtomicLong();

    TraceLosses(TraceSettings settings) {
        this.settings = settings;
    }

    void lost(int records, String cause) {
        if (records > 0 && count.getAndAdd(records) == 0) {
            log.warn(
                    "Trace records are given up, from now on without a word; messages are not concerned. group={}"
                            + " traceTopic={} cause={}",
                    settings.group(),
                    settings.topic(),
                    cause);
        }
    }

    long count() {
        return count.get();
    }

    void sumUp() {
        if (count.get() > 0) {
            log.info(
                    "Trace records were given up. group={} traceTopic={} records={}",
                    settings.group(),
                    settings.topic(),
                    count.get());
        }
    }
}
