package io.ternmq.interop.official;

import static io.ternmq.interop.official.Failures.translated;

import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.ProducerSettings;
import io.ternmq.interop.api.Queue;
import io.ternmq.interop.api.Sent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;

/** A started {@link DefaultMQProducer}. */
final class OfficialProducer implements ProducerHandle {
    private final DefaultMQProducer producer;

    OfficialProducer(ProducerSettings settings) {
        producer = new DefaultMQProducer(settings.group(), settings.isTraced(), null);
        producer.setNamesrvAddr(settings.nameServers());
        producer.setSendMsgTimeout(settings.sendTimeoutMillis());
        producer.setCompressMsgBodyOverHowmuch(settings.compressOverBytes());
        translated(producer::start);
    }

    @Override
    public Sent send(OutMessage message) {
        return translated(() -> Messages.sent(producer.send(Messages.official(message))));
    }

    @Override
    public Sent send(OutMessage message, Queue queue) {
        return translated(() -> Messages.sent(producer.send(Messages.official(message), Messages.official(queue))));
    }

    @Override
    public Sent send(OutMessage message, ToIntFunction<List<Queue>> selector) {
        return translated(() -> Messages.sent(producer.send(
                Messages.official(message),
                (queues, sending, argument) -> queues.get(
                        selector.applyAsInt(queues.stream().map(Messages::queue).toList())),
                null)));
    }

    @Override
    public CompletableFuture<Sent> sendAsync(OutMessage message) {
        Completion completion = new Completion();
        translated(() -> producer.send(Messages.official(message), completion));
        return completion.sent;
    }

    @Override
    public CompletableFuture<Sent> sendBatchAsync(List<OutMessage> messages) {
        Completion completion = new Completion();
        translated(() -> producer.send(Messages.official(messages), completion));
        return completion.sent;
    }

    @Override
    public void sendOneWay(OutMessage message) {
        translated(() -> producer.sendOneway(Messages.official(message)));
    }

    @Override
    public Sent sendBatch(List<OutMessage> messages) {
        return translated(() -> Messages.sent(producer.send(Messages.official(messages))));
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
