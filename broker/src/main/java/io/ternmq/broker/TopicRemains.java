package io.ternmq.broker;

import io.ternmq.broker.offset.ConsumerOffsets;
import io.ternmq.broker.store.MessageStore;
import io.ternmq.broker.topic.TopicListener;
import io.ternmq.common.topic.TopicConfig;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Removes what a deleted topic leaves behind in other rooms: its queues, and how far groups have come in them. Stateless. */
final class TopicRemains implements TopicListener {
    private final ConsumerOffsets offsets;
    private final MessageStore store;

    TopicRemains(ConsumerOffsets offsets, MessageStore store) {
        this.offsets = offsets;
        this.store = store;
    }

    @Override
    public CompletionStage<Void> changed(TopicConfig topic) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void deleted(String topic) {
        offsets.removeTopic(topic);
        store.deleteTopic(topic);
    }
}
