package io.ternmq.broker.reset;

import io.ternmq.broker.store.TopicQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Whether the broker or the members see to a reset, and how pulls that wait hear of one. Stateless. */
public final class ResetMode {
    private final BooleanSupplier isByServer;
    private final Consumer<TopicQueue> wake;

    /**
     * @param isByServer asked at each reset
     * @param wake has the pulls that wait at a queue look again; called on any thread
     */
    public ResetMode(BooleanSupplier isByServer, Consumer<TopicQueue> wake) {
        this.isByServer = isByServer;
        this.wake = wake;
    }

    boolean isByServer() {
        return isByServer.getAsBoolean();
    }

    void wake(TopicQueue queue) {
        wake.accept(queue);
    }
}
