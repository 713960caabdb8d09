package io.ternmq.client.producer;

/**
 * Told once how a send ended. Called by a thread of the producer's callback pool, or of the executor that the producer
 * was given; may block, though others may then wait.
 */
public interface SendCallback {

    void onSuccess(SendResult sendResult);

    void onException(Throwable e);
}
