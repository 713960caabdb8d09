/**
 * The commit log: segments, the writer that appends, the flusher that forces and the preparer that allocates ahead.
 * Owns the log's files, its watermarks and the next offset of each queue. May import {@code broker.store},
 * {@code store.file} and {@code common}. Start at {@link io.ternmq.broker.store.log.LogWriter}.
 */
package io.ternmq.broker.store.log;
