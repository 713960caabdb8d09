package io.ternmq.interop.api;

/** A started push consumer. */
public interface PushConsumerHandle extends AutoCloseable {
    /** Pulls nothing more; what was asked for already is consumed. */
    void suspend();

    /** Goes on after {@link #suspend()}. */
    void resume();

    @Override
    void close();
}
