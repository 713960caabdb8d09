package io.ternmq.broker.delay;

import io.ternmq.broker.store.MessageDraft;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.PropertyString;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.common.topic.TopicNames;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes of a message that was held back the one that its queue gets. One thread. */
final class Released {
    private static final Logger log = LoggerFactory.getLogger(Released.class);

    private final Function<String, Optional<TopicConfig>> topics;
    private String lastMissing = ""; // a deleted topic may have left very many messages behind

    Released(Function<String, Optional<TopicConfig>> topics) {
        this.topics = topics;
    }

    /**
     * The message for its queue.
     *
     * @return empty, which has been logged, if its topic was deleted meanwhile or it does not name its place
     */
    Optional<MessageDraft> of(MessageRecord record) {
        String properties = record.properties();
        Optional<String> name = PropertyString.find(properties, MessageProperties.REAL_TOPIC)
                .filter(topic -> !topic.equals(TopicNames.SCHEDULE));
        Optional<Integer> queueId =
                PropertyString.find(properties, MessageProperties.REAL_QUEUE_ID).flatMap(Released::queueId);
        if (name.isEmpty() || queueId.isEmpty()) {
            log.warn(
                    "Message of a delay level does not name its topic and queue and is left. level={} position={}",
                    record.queueId() + 1,
                    record.position());
            return Optional.empty();
        }
        Optional<TopicConfig> topic = topics.apply(name.get());
        if (topic.isEmpty()) {
            noteMissing(name.get(), record);
            return Optional.empty();
        }
        return Optional.of(draft(record, topic.get(), queueId.get(), properties));
    }

    private static MessageDraft draft(MessageRecord record, TopicConfig topic, int queueId, String properties) {
        int queues = Math.max(topic.readQueues(), topic.writeQueues());
        return new MessageDraft(
                topic.name(),
                queueId % queues, // the topic may have fewer queues by now
                record.flag(),
                record.sysFlag(),
                record.bornMillis(),
                record.bornHost(),
                record.reconsumeTimes(),
                record.preparedPosition(),
                PropertyString.remove(properties, MessageProperties.SEND_ID), // a copy is no send
                record.body());
    }

    private void noteMissing(String topic, MessageRecord record) {
        if (!topic.equals(lastMissing)) {
            log.warn(
                    "Messages of a delay level are due whose topic was deleted; they are dropped."
                            + " topic={} level={} firstPosition={}",
                    topic,
                    record.queueId() + 1,
                    record.position());
            lastMissing = topic;
        }
    }

    private static Optional<Integer> queueId(String text) {
        try {
            int queueId = Integer.parseInt(text);
            return queueId < 0 ? Optional.empty() : Optional.of(queueId);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
