package io.ternmq.benchmark;

import java.util.Map;

/** What brokers wait for before they acknowledge a send. */
public enum Flush {
    /** Nothing: the disk is written to behind. */
    ASYNC,
    /** That the disk has it. */
    SYNC;

    /** The setting that has brokers of all makes do so. */
    Map<String, String> settings() {
        return Map.of("flushDiskType", name() + "_FLUSH");
    }
}
