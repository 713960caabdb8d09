package io.ternmq.broker.store.log;

import java.nio.ByteBuffer;

/** Records are stored in the mapped file itself: a killed process loses none. Owned by the holder of the pen. */
final class MappedTail implements TailMemory {
    private ByteBuffer memory; // of a segment, kept mapped by being the log's last or the one before it
    private long base;

    @Override
    public void enter(LogSegment segment) {
        memory = segment.memory()
                .orElseThrow(() -> new IllegalStateException("prepared " + segment + " is not mapped"))
                .buffer();
        base = segment.base();
    }

    @Override
    public int take(long position, int bytes) {
        return (int) (position - base);
    }

    @Override
    public ByteBuffer buffer() {
        return memory;
    }

    @Override
    public boolean isInFile(long position) {
        return true;
    }

    @Override
    public boolean isBroken() {
        return false;
    }

    @Override
    public boolean writeOut(long end) {
        return true;
    }
}
