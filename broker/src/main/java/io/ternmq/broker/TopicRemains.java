package io.ternmq.broker;

import io.ternmq.broker.offset.ConsumerOffsets;
import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.MessageStore;
import io.ternmq.broker.topic.TopicListener;
import io.ternmq.common.topic.TopicConfig;
import java.util.Optional;
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

    // Queues that stayed behind would be taken for those of a topic that was lost, and it would be made again.
    @Override
    public Optional<String> objectionToDeleting(String topic) {
        return store.state()
                .refusal()
                .filter(refused -> refused.reason() == Refusal.WRITER_FAILED || refused.reason() == Refusal.CLOSING)
                .map(refused -> "the store cannot remove its queues: " + refused.detail());
    }

    @Override
    public void deleted(String topic) {
        offsets.removeTopic(topic);
        store.deleteTopic(topic);
    }
}
