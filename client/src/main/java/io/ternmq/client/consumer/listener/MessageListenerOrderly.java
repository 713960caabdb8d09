package io.ternmq.client.consumer.listener;

import io.ternmq.common.message.MessageExt;
import java.util.List;

/**
 * Receives the messages of each queue in their order, one call at a time for a queue; different queues may be consumed
 * by several threads at once. What it throws counts as {@link
 * ConsumeOrderlyStatus#SUSPEND_CURRENT_QUEUE_A_MOMENT}, and so does null.
 */
@FunctionalInterface
public interface MessageListenerOrderly {

    /**
     * Consumes messages.
     *
     * @param msgs at least one and at most {@code consumeMessageBatchMaxSize}, all of one queue, in order
     */
    ConsumeOrderlyStatus consumeMessage(List<MessageExt> msgs, ConsumeOrderlyContext context);
}
