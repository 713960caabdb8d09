package io.ternmq.broker.store.queue;

import io.ternmq.common.message.MessageRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds a record's queue by the bytes of its topic, without making a string of them. Used by one thread. */
final class QueueLookup {
    private final Map<Key, ConsumeQueue> queues = new HashMap<>();
    private final Key probe = new Key();

    Optional<ConsumeQueue> find(MessageRecord record) {
        probe.set(record.buffer(), record.topicIndex(), record.topicBytes(), record.queueId());
        return Optional.ofNullable(queues.get(probe));
    }

    void put(ConsumeQueue queue) {
        queues.put(keyOf(queue), queue);
    }

    void remove(ConsumeQueue queue) {
        queues.remove(keyOf(queue));
    }

    private static Key keyOf(ConsumeQueue queue) {
        byte[] topic = queue.name().topic().getBytes(StandardCharsets.UTF_8);
        Key key = new Key();
        key.set(ByteBuffer.wrap(topic), 0, topic.length, queue.name().queueId());
        return key;
    }

    private static final class Key {
        private static final int FACTOR = 0x9E3779B1; // spreads each byte over the higher ones

        private ByteBuffer buffer = ByteBuffer.allocate(0);
        private int index;
        private int length;
        private int queueId;
        private int hash;

        void set(ByteBuffer bytes, int from, int count, int id) {
            buffer = bytes;
            index = from;
            length = count;
            queueId = id;
            int sum = id;
            int i = from;
            for (; i <= from + count - Integer.BYTES; i += Integer.BYTES) {
                sum = FACTOR * sum + bytes.getInt(i);
            }
            for (; i < from + count; i++) {
                sum = FACTOR * sum + bytes.get(i);
            }
            hash = FACTOR * sum;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            if (!(other instanceof Key that) || hash != that.hash || queueId != that.queueId || length != that.length) {
                return false;
            }
            int i = 0;
            for (; i <= length - Integer.BYTES; i += Integer.BYTES) {
                if (buffer.getInt(index + i) != that.buffer.getInt(that.index + i)) {
                    return false;
                }
            }
            for (; i < length; i++) {
                if (buffer.get(index + i) != that.buffer.get(that.index + i)) {
                    return false;
                }
            }
            return true;
        }
    }
}
