package io.ternmq.client.consumer.offset;

import io.ternmq.common.message.MessageQueue;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Keeps offsets as a broker does, in memory, unless it is away. */
public final class MemoryOffsets implements OffsetKeeper {
    private final ConcurrentMap<MessageQueue, Long> kept = new ConcurrentHashMap<>();
    private volatile boolean isAway;

    /** Whether commits fail from now on. */
    void isAway(boolean away) {
        isAway = away;
    }

    Map<MessageQueue, Long> kept() {
        return Map.copyOf(kept);
    }

    @Override
    public CompletionStage<OptionalLong> committed(MessageQueue queue) {
        Long offset = kept.get(queue);
        return CompletableFuture.completedFuture(offset == null ? OptionalLong.empty() : OptionalLong.of(offset));
    }

    @Override
    public CompletionStage<Void> commit(MessageQueue queue, long offset) {
        if (isAway) {
            return CompletableFuture.failedFuture(new IllegalStateException("away"));
        }
        kept.put(queue, offset);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void flush() {
        // Nothing is kept together.
    }

    @Override
    public boolean isAtBrokers() {
        return true;
    }
}
