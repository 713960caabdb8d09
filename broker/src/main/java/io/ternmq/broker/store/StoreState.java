package io.ternmq.broker.store;

import java.util.Optional;

/**
 * A look at the store for operators; the figures are read one after another and need not fit each other exactly.
 *
 * @param minPosition first byte of the log still there
 * @param appendedPosition end of the log
 * @param flushedPosition up to here the disk has confirmed
 * @param dispatchedPosition up to here queues have been derived
 * @param refusal why appends would be refused now; empty when they are taken
 * @param diskUsedRatio used part of the file system that holds the log, 0 to 1
 * @param diskTotalBytes size of that file system
 * @param diskFreeBytes bytes of it that this process may still use
 */
public record StoreState(
        long minPosition,
        long appendedPosition,
        long flushedPosition,
        long dispatchedPosition,
        Optional<AppendOutcome.Refused> refusal,
        double diskUsedRatio,
        long diskTotalBytes,
        long diskFreeBytes) {}
