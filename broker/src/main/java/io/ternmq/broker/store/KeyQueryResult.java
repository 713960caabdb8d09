package io.ternmq.broker.store;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Messages found by key, newest first. The records are views of leased memory: whoever gets a result releases it exactly
 * once, also one without records.
 *
 * @param records one view a message, in stored form
 * @param indexedMillis store time of the newest message with a key that the index knows; 0 if it knows none
 * @param indexedPosition commit-log position of that message
 * @param onRelease gives leases and memory back
 */
public record KeyQueryResult(List<ByteBuffer> records, long indexedMillis, long indexedPosition, Runnable onRelease) {

    public void release() {
        onRelease.run();
    }
}
