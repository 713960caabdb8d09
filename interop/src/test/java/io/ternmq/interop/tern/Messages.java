package io.ternmq.interop.tern;

import io.ternmq.client.producer.SendResult;
import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
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

/** Translates messages, queues and receipts between our types and those of the tests. */
final class Messages {
    private Messages() {}

    static Message ours(OutMessage message) {
        Message ours = new Message(message.topic(), message.body());
        if (!message.tags().isEmpty()) {
            ours.setTags(message.tags());
        }
        if (!message.keys().isEmpty()) {
            ours.setKeys(message.keys());
        }
        if (message.delayLevel() > 0) {
            ours.setDelayTimeLevel(message.delayLevel());
        }
        message.properties().forEach(ours::putUserProperty);
        return ours;
    }

    static List<Message> ours(List<OutMessage> messages) {
        return messages.stream().map(Messages::ours).toList();
    }

    static MessageQueue ours(Queue queue) {
        return new MessageQueue(queue.topic(), queue.broker(), queue.id());
    }

    static List<MessageQueue> ours(Collection<Queue> queues) {
        return queues.stream().map(Messages::ours).toList();
    }

    static Queue queue(MessageQueue ours) {
        return new Queue(ours.getTopic(), ours.getBrokerName(), ours.getQueueId());
    }

    static Set<Queue> queues(Collection<MessageQueue> ours) {
        Set<Queue> queues = new LinkedHashSet<>();
        ours.forEach(each -> queues.add(queue(each)));
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

    static List<Received> received(Collection<? extends MessageExt> ours) {
        return ours.stream().map(Messages::received).toList();
    }

    static Received received(MessageExt ours) {
        Map<String, String> properties = ours.getProperties();
        return new Received(
                new Queue(ours.getTopic(), ours.getBrokerName(), ours.getQueueId()),
                ours.getQueueOffset(),
                ours.getMsgId(),
                ours.getOffsetMsgId(),
                Objects.toString(ours.getTags(), ""),
                Objects.toString(ours.getKeys(), ""),
                properties == null ? Map.of() : new TreeMap<>(properties),
                ours.getReconsumeTimes(),
                ours.getBornTimestamp(),
                ours.getStoreTimestamp(),
                ours.getStoreSize(),
                Objects.requireNonNullElseGet(ours.getBody(), () -> new byte[0]));
    }
}
