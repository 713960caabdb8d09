package io.ternmq.broker.store.log;

/**
 * Part of the log that was on disk once and holds no whole record now, while whole ones follow it.
 *
 * @param position where it begins
 * @param length in bytes, 1 or more; it may reach over the end of a segment
 */
public record Hole(long position, long length) {

    /** Position behind it, where a whole record begins. */
    public long end() {
        return position + length;
    }

    boolean holds(long other) {
        return other >= position && other < end();
    }
}
