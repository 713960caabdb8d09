package io.ternmq.interop.api;

/** One client library in one version, ready to make producers and consumers. Owns nothing: callers close what they get. */
public interface ClientLibrary {
    /**
     * Returns the release as the library itself names it.
     *
     * @return such as {@code V5_5_0}
     */
    String version();

    ProducerHandle producer(ProducerSettings settings);

    PushConsumerHandle pushConsumer(PushSettings settings, MessageListener listener);

    /**
     * Makes a broadcasting consumer.
     *
     * @param name its instance name, which with the address 127.0.0.1 makes its client id
     */
    PushConsumerHandle broadcastConsumer(PushSettings settings, String name, MessageListener listener);

    LitePullHandle litePullConsumer(LitePullSettings settings);

    PullHandle pullConsumer(String nameServers, String group);

    /** Returns the library's ways to share queues out among the members of a group. */
    Allocation.Allocator allocator();
}
