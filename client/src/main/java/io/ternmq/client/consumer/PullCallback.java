package io.ternmq.client.consumer;

/** Told once how an asynchronous pull ended, on a thread of the consumer's, where it may block for a while. */
public interface PullCallback {

    void onSuccess(PullResult pullResult);

    /** Nothing was pulled: a {@code MQBrokerException}, a {@code RemotingException} or a {@code MQClientException}. */
    void onException(Throwable e);
}
