package io.ternmq.broker.store.index;

import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.PropertyPlaces;
import io.ternmq.common.message.TextHash;
import java.nio.ByteBuffer;

/**
 * The hashes under which a record is indexed: its unique key, then each word of its keys, each behind its topic and a
 * {@code #}. Makes no strings as long as all is ASCII. Stateless.
 */
final class RecordKeys {
    private static final char TOPIC_END = '#';
    private static final char WORD_END = MessageProperties.KEY_SEPARATOR.charAt(0);

    private RecordKeys() {}

    /** Takes a key's hash. */
    @FunctionalInterface
    interface Sink {
        void accept(int hash);
    }

    /** The hash of a key as entries hold it: that of the string {@code topic#key}, made positive. */
    static int hashOf(String topic, String key) {
        return positive(TextHash.extend(TextHash.extend(topic.hashCode(), TOPIC_END), key));
    }

    /** Hands over the hashes of a record's keys, in the order in which they are indexed. */
    static void forEach(MessageRecord record, Sink sink) {
        PropertyPlaces places = record.places();
        if (!places.hasUniqueKey() && !places.hasKeys()) {
            return;
        }
        ByteBuffer buffer = record.buffer();
        int topicEnd = record.topicIndex() + record.topicBytes();
        int prefix = TextHash.extend(TextHash.extend(0, buffer, record.topicIndex(), topicEnd), TOPIC_END);
        if (places.hasUniqueKey()) {
            sink.accept(positive(TextHash.extend(prefix, buffer, places.uniqueKeyStart(), places.uniqueKeyEnd())));
        }
        if (places.hasKeys()) {
            forEachWord(buffer, places.keysStart(), places.keysEnd(), prefix, sink);
        }
    }

    private static void forEachWord(ByteBuffer buffer, int from, int to, int prefix, Sink sink) {
        int start = from;
        while (start < to) {
            int end = start;
            while (end < to && buffer.get(end) != WORD_END) {
                end++;
            }
            if (end > start) {
                sink.accept(positive(TextHash.extend(prefix, buffer, start, end)));
            }
            start = end + 1;
        }
    }

    static int positive(int hash) {
        return hash == Integer.MIN_VALUE ? 0 : Math.abs(hash);
    }
}
