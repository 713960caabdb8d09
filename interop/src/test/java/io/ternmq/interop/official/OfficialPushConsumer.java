package io.ternmq.interop.official;

import static io.ternmq.interop.official.Failures.translated;

import io.ternmq.interop.api.MessageListener;
import io.ternmq.interop.api.PushConsumerHandle;
import io.ternmq.interop.api.PushSettings;
import java.lang.reflect.Method;
import java.util.Optional;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.MessageSelector;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;

/** A started {@link DefaultMQPushConsumer} that consumes as a member of its group. */
final class OfficialPushConsumer implements PushConsumerHandle {
    private final DefaultMQPushConsumer consumer;

    /**
     * Starts one.
     *
     * @param broadcastName instance name of one that broadcasts; empty for a member of a group
     */
    OfficialPushConsumer(PushSettings settings, Optional<String> broadcastName, MessageListener listener) {
        consumer = new DefaultMQPushConsumer(settings.group(), settings.isTraced(), null);
        consumer.setNamesrvAddr(settings.nameServers());
        broadcastName.ifPresent(name -> {
            broadcast(consumer);
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

    // The model's class has moved between the releases that this driver runs on.
    private static void broadcast(DefaultMQPushConsumer consumer) {
        for (Method setter : DefaultMQPushConsumer.class.getMethods()) {
            if (setter.getName().equals("setMessageModel")) {
                for (Object model : setter.getParameterTypes()[0].getEnumConstants()) {
                    if (model.toString().equals("BROADCASTING")) {
                        translated(() -> setter.invoke(consumer, model));
                    }
                }
            }
        }
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
