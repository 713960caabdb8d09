package io.ternmq.broker.repeat;

import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.PropertyString;
import io.ternmq.common.message.SendId;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.common.topic.TopicNames;
import java.util.Optional;
import java.util.function.Predicate;

/** What tells one send from all others, also from a second send of the same message. */
public sealed interface SendIdentity {
    /** Attribute of a topic whose operator declares that no unique key is ever sent twice on purpose. */
    String SEND_ONCE_BY = "send.once.by";

    /** Whether sends of a topic that have no {@link SendId} are told apart by their messages' unique keys. */
    static boolean isKeyed(TopicConfig topic) {
        return MessageProperties.UNIQUE_KEY.equals(topic.attributes().get(SEND_ONCE_BY));
    }

    /** Equal for the same send over restarts; of different sends spread over all 32 bits, one by one or in runs. */
    int spread();

    /** Whether a stored message, the first of its batch, came by this send. */
    boolean isOf(MessageRecord record);

    /**
     * What the record of a message says of the send that brought it; of a batch only the first says it by an id.
     *
     * @param isKeyed whether sends of a topic are told apart by unique keys where they have no id
     */
    static Optional<SendIdentity> of(MessageRecord record, Predicate<String> isKeyed) {
        String properties = record.properties();
        Optional<SendId> marked =
                PropertyString.find(properties, MessageProperties.SEND_ID).flatMap(SendId::parse);
        String topic = topicOf(record, properties);
        if (marked.isPresent()) {
            return marked.map(id -> new Marked(topic, id.producer(), id.number()));
        }
        return isKeyed.test(topic)
                ? PropertyString.find(properties, MessageProperties.UNIQUE_KEY).map(key -> new Keyed(topic, key))
                : Optional.empty();
    }

    // A message that is held back lies in another topic until then.
    private static String topicOf(MessageRecord record, String properties) {
        String topic = record.topic();
        return topic.equals(TopicNames.SCHEDULE)
                ? PropertyString.find(properties, MessageProperties.REAL_TOPIC).orElse(topic)
                : topic;
    }

    /** A send that its producer gave an id, see {@link SendId}. */
    record Marked(String topic, long producer, long number) implements SendIdentity {
        @Override
        public int spread() {
            return Spread.ofNumbered(producer, number);
        }

        @Override
        public boolean isOf(MessageRecord record) {
            return SendIdentity.of(record, other -> false).filter(this::equals).isPresent();
        }
    }

    /**
     * A send of a topic with attribute {@link #SEND_ONCE_BY}.
     *
     * @param uniqueKey of the message, or of the first one of a batch
     */
    record Keyed(String topic, String uniqueKey) implements SendIdentity {
        @Override
        public int spread() {
            return Spread.of(31L * topic.hashCode() + uniqueKey.hashCode());
        }

        @Override
        public boolean isOf(MessageRecord record) {
            String properties = record.properties();
            return topicOf(record, properties).equals(topic)
                    && PropertyString.find(properties, MessageProperties.UNIQUE_KEY)
                            .filter(uniqueKey::equals)
                            .isPresent();
        }
    }
}
