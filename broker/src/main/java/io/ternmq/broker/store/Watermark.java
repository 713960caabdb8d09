package io.ternmq.broker.store;

/** A commit-log position that only moves forward. Moved by its one owner, read by any thread. */
@FunctionalInterface
public interface Watermark {

    /** Bytes from the log's beginning: everything below has reached what this watermark stands for. */
    long position();
}
