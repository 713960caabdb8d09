package io.ternmq.interop.tern;

import static io.ternmq.interop.tern.Failures.translated;

import io.ternmq.client.consumer.DefaultMQPullConsumer;
import io.ternmq.client.consumer.PullResult;
import io.ternmq.interop.api.PullHandle;
import io.ternmq.interop.api.Pulled;
import io.ternmq.interop.api.Queue;
import java.util.Set;

/** A started {@link DefaultMQPullConsumer}. */
final class TernPull implements PullHandle {
    private final DefaultMQPullConsumer consumer;

    TernPull(String nameServers, String group) {
        consumer = new DefaultMQPullConsumer(group);
        consumer.setNamesrvAddr(nameServers);
        translated(consumer::start);
    }

    @Override
    public Set<Queue> queues(String topic) {
        return translated(() -> Messages.queues(consumer.fetchSubscribeMessageQueues(topic)));
    }

    @Override
    public Pulled pull(Queue queue, String expression, long offset, int maxMessages) {
        return translated(() -> pulled(consumer.pull(Messages.ours(queue), expression, offset, maxMessages)));
    }

    @Override
    public Pulled pullOrWait(Queue queue, String expression, long offset, int maxMessages) {
        return translated(
                () -> pulled(consumer.pullBlockIfNotFound(Messages.ours(queue), expression, offset, maxMessages)));
    }

    private static Pulled pulled(PullResult result) {
        return new Pulled(
                result.getPullStatus().name(),
                result.getNextBeginOffset(),
                result.getMinOffset(),
                result.getMaxOffset(),
                Messages.received(result.getMsgFoundList()));
    }

    @Override
    public void commit(Queue queue, long offset) {
        translated(() -> {
            consumer.updateConsumeOffset(Messages.ours(queue), offset);
            consumer.persistConsumerOffset();
        });
    }

    @Override
    public long committed(Queue queue) {
        return translated(() -> consumer.fetchConsumeOffset(Messages.ours(queue), true));
    }

    @Override
    public long minOffset(Queue queue) {
        return translated(() -> consumer.minOffset(Messages.ours(queue)));
    }

    @Override
    public long maxOffset(Queue queue) {
        return translated(() -> consumer.maxOffset(Messages.ours(queue)));
    }

    @Override
    public long searchOffset(Queue queue, long timestampMillis) {
        return translated(() -> consumer.searchOffset(Messages.ours(queue), timestampMillis));
    }

    @Override
    public long earliestStoreTime(Queue queue) {
        return translated(() -> consumer.earliestMsgStoreTime(Messages.ours(queue)));
    }

    @Override
    public void close() {
        consumer.shutdown();
    }
}
