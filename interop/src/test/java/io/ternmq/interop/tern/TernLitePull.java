package io.ternmq.interop.tern;

import static io.ternmq.interop.tern.Failures.translated;

import io.ternmq.client.consumer.ConsumeFromWhere;
import io.ternmq.client.consumer.DefaultLitePullConsumer;
import io.ternmq.client.consumer.MessageSelector;
import io.ternmq.interop.api.LitePullHandle;
import io.ternmq.interop.api.LitePullSettings;
import io.ternmq.interop.api.Queue;
import io.ternmq.interop.api.Received;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** A started {@link DefaultLitePullConsumer}. */
final class TernLitePull implements LitePullHandle {
    private final DefaultLitePullConsumer consumer;

    TernLitePull(LitePullSettings settings) {
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
        consumer.assign(Messages.ours(queues));
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
        translated(() -> consumer.seek(Messages.ours(queue), offset));
    }

    @Override
    public void seekToBegin(Queue queue) {
        translated(() -> consumer.seekToBegin(Messages.ours(queue)));
    }

    @Override
    public void seekToEnd(Queue queue) {
        translated(() -> consumer.seekToEnd(Messages.ours(queue)));
    }

    @Override
    public void pause(Collection<Queue> queues) {
        consumer.pause(Messages.ours(queues));
    }

    @Override
    public void resume(Collection<Queue> queues) {
        consumer.resume(Messages.ours(queues));
    }

    @Override
    public void commit() {
        consumer.commitSync();
    }

    @Override
    public long committed(Queue queue) {
        return translated(() -> consumer.committed(Messages.ours(queue)));
    }

    @Override
    public long offsetForTimestamp(Queue queue, long timestampMillis) {
        return translated(() -> consumer.offsetForTimestamp(Messages.ours(queue), timestampMillis));
    }

    @Override
    public void close() {
        consumer.shutdown();
    }
}
