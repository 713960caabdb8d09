package io.ternmq.interop.tern;

import io.ternmq.interop.api.Allocation;
import io.ternmq.interop.api.ClientLibrary;
import io.ternmq.interop.api.LitePullHandle;
import io.ternmq.interop.api.LitePullSettings;
import io.ternmq.interop.api.MessageListener;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.ProducerSettings;
import io.ternmq.interop.api.PullHandle;
import io.ternmq.interop.api.PushConsumerHandle;
import io.ternmq.interop.api.PushSettings;
import java.util.Optional;

/** Our own client. */
public final class TernLibrary implements ClientLibrary {
    @Override
    public String version() {
        return "TernMQ";
    }

    @Override
    public ProducerHandle producer(ProducerSettings settings) {
        return new TernProducer(settings);
    }

    @Override
    public PushConsumerHandle pushConsumer(PushSettings settings, MessageListener listener) {
        return new TernPushConsumer(settings, Optional.empty(), listener);
    }

    @Override
    public PushConsumerHandle broadcastConsumer(PushSettings settings, String name, MessageListener listener) {
        return new TernPushConsumer(settings, Optional.of(name), listener);
    }

    @Override
    public LitePullHandle litePullConsumer(LitePullSettings settings) {
        return new TernLitePull(settings);
    }

    @Override
    public PullHandle pullConsumer(String nameServers, String group) {
        return new TernPull(nameServers, group);
    }

    @Override
    public Allocation.Allocator allocator() {
        return new TernAllocator();
    }
}
