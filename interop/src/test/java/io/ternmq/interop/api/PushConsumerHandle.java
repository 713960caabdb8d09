package io.ternmq.interop.api;

/** A started push consumer. */
public interface PushConsumerHandle extends AutoCloseable {
    @Override
    void close();
}
