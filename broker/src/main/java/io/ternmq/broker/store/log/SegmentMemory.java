package io.ternmq.broker.store.log;

import io.ternmq.broker.store.file.Leased;
import io.ternmq.broker.store.file.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The mapped bytes of one segment, to be touched under a lease only. Owns the mapping. */
final class SegmentMemory extends Leased {
    private final Mapping mapping;

    SegmentMemory(Mapping mapping) {
        this.mapping = mapping;
    }

    ByteBuffer buffer() {
        return mapping.buffer();
    }

    boolean isInMemory(int index, int length) {
        return mapping.isInMemory(index, length);
    }

    void force(int index, int length) throws IOException {
        mapping.force(index, length);
    }

    @Override
    protected void dispose() {
        mapping.unmap();
    }
}
