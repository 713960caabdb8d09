package io.ternmq.broker.store;

import java.util.Optional;

/**
 * How far the store has come; the figures are read one after another and need not fit each other exactly.
 *
 * @param minPosition first byte of the log still there
 * @param appendedPosition end of the log
 * @param flushedPosition up to here the disk has confirmed
 * @param dispatchedPosition up to here queues have been derived
 * @param refusal why appends would be refused now; empty when they are taken
 */
public record StoreState(
        long minPosition,
        long appendedPosition,
        long flushedPosition,
        long dispatchedPosition,
        Optional<AppendOutcome.Refused> refusal) {}
