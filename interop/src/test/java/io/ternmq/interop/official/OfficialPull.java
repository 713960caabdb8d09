package io.ternmq.interop.official;

import static io.ternmq.interop.official.Failures.translated;

import io.ternmq.interop.api.PullHandle;
import io.ternmq.interop.api.Pulled;
import io.ternmq.interop.api.Queue;
import java.util.List;
import java.util.Set;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.consumer.PullResult;

/** A started {@link DefaultMQPullConsumer}. */
@SuppressWarnings("deprecation") // Deprecated, and still what many users have.
final class OfficialPull implements PullHandle {
    private final DefaultMQPullConsumer consumer;

    OfficialPull(String nameServers, String group) {
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
        return translated(() -> pulled(consumer.pull(Messages.official(queue), expression, offset, maxMessages)));
    }

    @Override
    public Pulled pullOrWait(Queue queue, String expression, long offset, int maxMessages) {
        return translated(
                () -> pulled(consumer.pullBlockIfNotFound(Messages.official(queue), expression, offset, maxMessages)));
    }

    private static Pulled pulled(PullResult result) {
        return new Pulled(
                result.getPullStatus().name(),
                result.getNextBeginOffset(),
                result.getMinOffset(),
                result.getMaxOffset(),
                result.getMsgFoundList() == null ? List.of() : Messages.received(result.getMsgFoundList()));
    }

    @Override
    public void commit(Queue queue, long offset) {
        translated(
                () -> consumer.getOffsetStore().updateConsumeOffsetToBroker(Messages.official(queue), offset, false));
    }

    @Override
    public long committed(Queue queue) {
        return translated(() -> consumer.fetchConsumeOffset(Messages.official(queue), true));
    }

    @Override
    public long minOffset(Queue queue) {
        return translated(() -> consumer.minOffset(Messages.official(queue)));
    }

    @Override
    public long maxOffset(Queue queue) {
        return translated(() -> consumer.maxOffset(Messages.official(queue)));
    }

    @Override
    public long searchOffset(Queue queue, long timestampMillis) {
        return translated(() -> consumer.searchOffset(Messages.official(queue), timestampMillis));
    }

    @Override
    public long earliestStoreTime(Queue queue) {
        return translated(() -> consumer.earliestMsgStoreTime(Messages.official(queue)));
    }

    @Override
    public void close() {
        consumer.shutdown();
    }
}
