package io.ternmq.interop.official;

import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.Queue;
import io.ternmq.interop.api.Received;
import io.ternmq.interop.api.Sent;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageClientExt;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/** Translates messages, queues and receipts between the official types and those of the tests. */
final class Messages {
    private Messages() {}

    static Message official(OutMessage message) {
        Message official = new Message(message.topic(), message.body());
        if (!message.tags().isEmpty()) {
            official.setTags(message.tags());
        }
        if (!message.keys().isEmpty()) {
            official.setKeys(message.keys());
        }
        if (message.delayLevel() > 0) {
            official.setDelayTimeLevel(message.delayLevel());
        }
        message.properties().forEach(official::putUserProperty);
        return official;
    }

    static List<Message> official(List<OutMessage> messages) {
        return messages.stream().map(Messages::official).toList();
    }

    static MessageQueue official(Queue queue) {
        return new MessageQueue(queue.topic(), queue.broker(), queue.id());
    }

    static List<MessageQueue> official(Collection<Queue> queues) {
        return queues.stream().map(Messages::official).toList();
    }

    static Queue queue(MessageQueue official) {
        return new Queue(official.getTopic(), official.getBrokerName(), official.getQueueId());
    }

    static Set<Queue> queues(Collection<MessageQueue> official) {
        Set<Queue> queues = new LinkedHashSet<>();
        official.forEach(each -> queues.add(queue(each)));
        return queues;
    }

    static Sent sent(SendResult result) {
        return new Sent(
                result.getSendStatus().name(),
                result.getMsgId(),
                result.getOffsetMsgId(),
                queue(result.getMessageQueue()),
                result.getQueueOffset());
    }

    static List<Received> received(Collection<? extends MessageExt> official) {
        return official.stream().map(Messages::received).toList();
    }

    static Received received(MessageExt official) {
        Map<String, String> properties = official.getProperties();
        return new Received(
                new Queue(official.getTopic(), official.getBrokerName(), official.getQueueId()),
                official.getQueueOffset(),
                official.getMsgId(),
                official instanceof MessageClientExt client ? client.getOffsetMsgId() : official.getMsgId(),
                Objects.toString(official.getTags(), ""),
                Objects.toString(official.getKeys(), ""),
                properties == null ? Map.of() : new TreeMap<>(properties),
                official.getReconsumeTimes(),
                official.getBornTimestamp(),
                official.getStoreTimestamp(),
                official.getStoreSize(),
                Objects.requireNonNullElseGet(official.getBody(), () -> new byte[0]));
    }
}
