package io.ternmq.interop.tern;

import static io.ternmq.interop.tern.Failures.translated;

import io.ternmq.client.consumer.ConsumeFromWhere;
import io.ternmq.client.consumer.DefaultMQPushConsumer;
import io.ternmq.client.consumer.MessageModel;
import io.ternmq.client.consumer.MessageSelector;
import io.ternmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import io.ternmq.client.consumer.listener.ConsumeOrderlyStatus;
import io.ternmq.client.consumer.listener.MessageListenerConcurrently;
import io.ternmq.client.consumer.listener.MessageListenerOrderly;
import io.ternmq.interop.api.MessageListener;
import io.ternmq.interop.api.PushConsumerHandle;
import io.ternmq.interop.api.PushSettings;
import java.util.Optional;

/** A started {@link DefaultMQPushConsumer} that consumes as a member of its group. */
final class TernPushConsumer implements PushConsumerHandle {
    private final DefaultMQPushConsumer consumer;

    /**
     * Starts one.
     *
     * @param broadcastName instance name of one that broadcasts; empty for a member of a group
     */
    TernPushConsumer(PushSettings settings, Optional<String> broadcastName, MessageListener listener) {
        consumer = new DefaultMQPushConsumer(settings.group(), settings.isTraced());
        consumer.setNamesrvAddr(settings.nameServers());
        broadcastName.ifPresent(name -> {
            consumer.setMessageModel(MessageModel.BROADCASTING);
            consumer.setClientIP("127.0.0.1");
            consumer.setInstanceName(name);
        });
        consumer.setConsumeFromWhere(ConsumeFromWhere.valueOf(settings.fromWhere()));
        consumer.setConsumeMessageBatchMaxSize(settings.batchMax());
        consumer.setMaxReconsumeTimes(settings.maxReconsumeTimes());
        consumer.setSuspendCurrentQueueTimeMillis(100);
        if (settings.isOrdered()) {
            consumer.registerMessageListener(
                    (MessageListenerOrderly) (messages, context) -> listener.consume(Messages.received(messages))
                            ? ConsumeOrderlyStatus.SUCCESS
                            : ConsumeOrderlyStatus.SUSPEND_CURRENT_QUEUE_A_MOMENT);
        } else {
            consumer.registerMessageListener(
                    (MessageListenerConcurrently) (messages, context) -> listener.consume(Messages.received(messages))
                            ? ConsumeConcurrentlyStatus.CONSUME_SUCCESS
                            : ConsumeConcurrentlyStatus.RECONSUME_LATER);
        }
        translated(() -> {
            for (var subscription : settings.subscriptions().entrySet()) {
                consumer.subscribe(subscription.getKey(), selector(subscription.getValue()));
            }
            consumer.start();
        });
    }

    private static MessageSelector selector(String expression) {
        return expression.startsWith(PushSettings.SQL)
                ? MessageSelector.bySql(expression.substring(PushSettings.SQL.length()))
                : MessageSelector.byTag(expression);
    }

    @Override
    public void suspend() {
        consumer.suspend();
    }

    @Override
    public void resume() {
        consumer.resume();
    }

    @Override
    public void close() {
        consumer.shutdown();
    }
}
