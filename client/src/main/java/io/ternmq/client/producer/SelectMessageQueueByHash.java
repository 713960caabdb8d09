package io.ternmq.client.producer;

import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageQueue;
import java.util.List;

/** Sends equal arguments to the same queue as long as the number of queues stays the same: order by key. Stateless. */
public final class SelectMessageQueueByHash implements MessageQueueSelector {

    @Override
    public MessageQueue select(List<MessageQueue> mqs, Message msg, Object arg) {
        int index = arg.hashCode() % mqs.size();
        return mqs.get(Math.abs(index));
    }
}
