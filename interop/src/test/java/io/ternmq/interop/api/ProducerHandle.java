package io.ternmq.interop.api;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;

/** A started producer. Every method may throw {@link ClientFailure}. */
public interface ProducerHandle extends AutoCloseable {
    Sent send(OutMessage message);

    Sent send(OutMessage message, Queue queue);

    /**
     * Sends through the library's own selector of queues.
     *
     * @param selector from the queues to the index of the chosen one
     */
    Sent send(OutMessage message, ToIntFunction<List<Queue>> selector);

    CompletableFuture<Sent> sendAsync(OutMessage message);

    CompletableFuture<Sent> sendBatchAsync(List<OutMessage> messages);

    void sendOneWay(OutMessage message);

    Sent sendBatch(List<OutMessage> messages);

    List<Queue> publishQueues(String topic);

    @Override
    void close();
}
