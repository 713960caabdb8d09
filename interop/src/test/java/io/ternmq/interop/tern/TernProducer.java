package io.ternmq.interop.tern;

import static io.ternmq.interop.tern.Failures.translated;

import io.ternmq.client.producer.DefaultMQProducer;
import io.ternmq.client.producer.SendCallback;
import io.ternmq.client.producer.SendResult;
import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.ProducerSettings;
import io.ternmq.interop.api.Queue;
import io.ternmq.interop.api.Sent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;

/** A started {@link DefaultMQProducer}. */
final class TernProducer implements ProducerHandle {
    private final DefaultMQProducer producer;

    TernProducer(ProducerSettings settings) {
        producer = new DefaultMQProducer(settings.group(), settings.isTraced());
        producer.setNamesrvAddr(settings.nameServers());
        producer.setSendMsgTimeout(settings.sendTimeoutMillis());
        producer.setCompressMsgBodyOverHowmuch(settings.compressOverBytes());
        translated(producer::start);
    }

    @Override
    public Sent send(OutMessage message) {
        return translated(() -> Messages.sent(producer.send(Messages.ours(message))));
    }

    @Override
    public Sent send(OutMessage message, Queue queue) {
        return translated(() -> Messages.sent(producer.send(Messages.ours(message), Messages.ours(queue))));
    }

    @Override
    public Sent send(OutMessage message, ToIntFunction<List<Queue>> selector) {
        return translated(() -> Messages.sent(producer.send(
                Messages.ours(message),
                (queues, sending, argument) -> queues.get(
                        selector.applyAsInt(queues.stream().map(Messages::queue).toList())),
                null)));
    }

    @Override
    public CompletableFuture<Sent> sendAsync(OutMessage message) {
        Completion completion = new Completion();
        translated(() -> producer.send(Messages.ours(message), completion));
        return completion.sent;
    }

    @Override
    public CompletableFuture<Sent> sendBatchAsync(List<OutMessage> messages) {
        Completion completion = new Completion();
        translated(() -> producer.send(Messages.ours(messages), completion));
        return completion.sent;
    }

    @Override
    public void sendOneWay(OutMessage message) {
        translated(() -> producer.sendOneway(Messages.ours(message)));
    }

    @Override
    public Sent sendBatch(List<OutMessage> messages) {
        return translated(() -> Messages.sent(producer.send(Messages.ours(messages))));
    }

    @Override
    public List<Queue> publishQueues(String topic) {
        return translated(() -> producer.fetchPublishMessageQueues(topic).stream()
                .map(Messages::queue)
                .toList());
    }

    @Override
    public void close() {
        producer.shutdown();
    }

    /** Completes a future as the library calls back. */
    private static final class Completion implements SendCallback {
        final CompletableFuture<Sent> sent = new CompletableFuture<>();

        @Override
        public void onSuccess(SendResult result) {
            sent.complete(Messages.sent(result));
        }

        @Override
        public void onException(Throwable thrown) {
            sent.completeExceptionally(translated(thrown));
        }
    }
}
