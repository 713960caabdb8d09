package io.ternmq.broker.store.log;

/**
 * What the parts of a log share.
 *
 * @param encoders where the memory of a copied append goes back to
 * @param forcedMark is told after each force
 */
public record LogState(
        CommitLog log, LogProgress progress, StoreHealth health, EncoderPool encoders, ForcedMark forcedMark) {}
