package io.ternmq.broker.store.log;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/** Memory for reads of cold records. Owns what is not lent out, up to a bound; any thread borrows and gives back. */
public final class ReadBuffers {
    static final int BUFFER_BYTES = 256 * 1024;
    private static final int KEPT_MAX = 32;

    private final ArrayBlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(KEPT_MAX);

    ByteBuffer borrow() {
        ByteBuffer buffer = free.poll();
        return buffer == null ? ByteBuffer.allocateDirect(BUFFER_BYTES) : buffer.clear();
    }

    void giveBack(ByteBuffer buffer) {
        free.offer(buffer); // beyond the bound it is left to the collector
    }
}
