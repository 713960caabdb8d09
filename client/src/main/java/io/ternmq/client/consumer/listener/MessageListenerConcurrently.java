package io.ternmq.client.consumer.listener;

import io.ternmq.common.message.MessageExt;
import java.util.List;

/** The application's side of a push consumer. Called by several threads of the consumer at once. */
@FunctionalInterface
public interface MessageListenerConcurrently {

    /**
     * Consumes messages.
     *
     * @param msgs at least one, at most {@code consumeMessageBatchMaxSize}, all of one queue
     * @return whether they are done with; null, like an exception, counts as {@code RECONSUME_LATER}
     */
    ConsumeConcurrentlyStatus consumeMessage(List<MessageExt> msgs, ConsumeConcurrentlyContext context);
}
