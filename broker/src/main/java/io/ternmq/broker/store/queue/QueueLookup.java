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
            for (int i = from; i < from + count; i++) {
                sum = 31 * sum + bytes.get(i);
            }
            hash = sum;
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
            for (int i = 0; i < length; i++) {
                if (buffer.get(index + i) != that.buffer.get(that.index + i)) {
                    return false;
                }
            }
            return true;
        }
    }
}
