package io.ternmq.broker.store;

import io.ternmq.broker.store.AppendOutcome.Confirmation;
import java.time.Duration;

/**
 * What must have happened to a message before its sender is told that it is stored: a watermark has passed it. Whoever
 * moves the watermark rings the store's writer. Immutable.
 *
 * @param watermark must reach the end of the message
 * @param patience how long the sender waits for that at most
 * @param whenLate what the sender is told when it took longer
 * @param limitsReaders whether readers too see only what the watermark has passed
 */
public record AckPolicy(Watermark watermark, Duration patience, Confirmation whenLate, boolean limitsReaders) {}
