package io.ternmq.interop.official;

import static io.ternmq.interop.official.Failures.translated;

import io.ternmq.interop.api.LitePullHandle;
import io.ternmq.interop.api.LitePullSettings;
import io.ternmq.interop.api.Queue;
import io.ternmq.interop.api.Received;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.rocketmq.client.consumer.DefaultLitePullConsumer;
import org.apache.rocketmq.client.consumer.MessageSelector;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;

/** A started {@link DefaultLitePullConsumer}. */
final class OfficialLitePull implements LitePullHandle {
    private final DefaultLitePullConsumer consumer;

    OfficialLitePull(LitePullSettings settings) {
        consumer = new DefaultLitePullConsumer(settings.group());
        consumer.setNamesrvAddr(settings.nameServers());
        consumer.setAutoCommit(settings.autoCommit());
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        translated(consumer::start);
    }

    @Override
    public void subscribe(String topic, String expression) {
        translated(() -> consumer.subscribe(topic, expression));
    }

    @Override
    public void subscribeBySql(String topic, String condition) {
        translated(() -> consumer.subscribe(topic, MessageSelector.bySql(condition)));
    }

    @Override
    public void assign(Collection<Queue> queues) {
        consumer.assign(Messages.official(queues));
    }

    @Override
    public Set<Queue> assignment() {
        return translated(() -> Messages.queues(consumer.assignment()));
    }

    @Override
    public Collection<Queue> queues(String topic) {
        return translated(() -> Messages.queues(consumer.fetchMessageQueues(topic)));
    }

    @Override
    public List<Received> poll(long timeoutMillis) {
        return Messages.received(consumer.poll(timeoutMillis));
    }

    @Override
    public void seek(Queue queue, long offset) {
        translated(() -> consumer.seek(Messages.official(queue), offset));
    }

    @Override
    public void seekToBegin(Queue queue) {
        translated(() -> consumer.seekToBegin(Messages.official(queue)));
    }

    @Override
    public void seekToEnd(Queue queue) {
        translated(() -> consumer.seekToEnd(Messages.official(queue)));
    }

    @Override
    public void pause(Collection<Queue> queues) {
        consumer.pause(Messages.official(queues));
    }

    @Override
    public void resume(Collection<Queue> queues) {
        consumer.resume(Messages.official(queues));
    }

    @Override
    @SuppressWarnings("deprecation") // Its successor, commit(), is not in 4.9.8.
    public void commit() {
        consumer.commitSync();
    }

    @Override
    public long committed(Queue queue) {
        return translated(() -> consumer.committed(Messages.official(queue)));
    }

    @Override
    public long offsetForTimestamp(Queue queue, long timestampMillis) {
        return translated(() -> consumer.offsetForTimestamp(Messages.official(queue), timestampMillis));
    }

    @Override
    public void close() {
        consumer.shutdown();
    }
}
