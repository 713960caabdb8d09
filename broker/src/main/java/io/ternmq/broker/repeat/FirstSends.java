package io.ternmq.broker.repeat;

import io.ternmq.broker.store.AppendOutcome.Confirmation;
import io.ternmq.broker.store.AppendOutcome.Stored;
import io.ternmq.broker.store.MessageStore;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.PropertyString;
import io.ternmq.common.topic.TopicNames;
import java.util.Optional;

/** Reads from the log what became of a send that was stored before. May wait for the disk. Stateless. */
final class FirstSends {
    private final MessageStore store;

    FirstSends(MessageStore store) {
        this.store = store;
    }

    /**
     * The send whose first message lies at a position; empty if it is another one, or too old.
     *
     * @param count messages of the send
     * @param storedFromMillis wall time before which a send is too old
     */
    Optional<Placed> at(long position, SendIdentity identity, int count, long storedFromMillis) {
        Optional<Part> first = store.readRecord(position, bytes -> {
            MessageRecord record = new MessageRecord();
            return record.wrap(bytes) && identity.isOf(record) ? Part.of(record) : null;
        });
        return first.filter(part -> part.storeMillis() >= storedFromMillis).flatMap(part -> whole(part, count));
    }

    // The messages of a batch lie behind each other, with consecutive offsets.
    private Optional<Placed> whole(Part first, int count) {
        long[] positions = new long[count];
        Part part = first;
        for (int index = 0; index < count; index++) {
            if (part.queueId() != first.queueId() || part.queueOffset() != first.queueOffset() + index) {
                return Optional.empty();
            }
            positions[index] = part.position();
            if (index + 1 < count) {
                Optional<Part> next = store.readRecord(part.position() + part.bytes(), bytes -> {
                    MessageRecord record = new MessageRecord();
                    return record.wrap(bytes) ? Part.of(record) : null;
                });
                if (next.isEmpty()) {
                    return Optional.empty();
                }
                part = next.get();
            }
        }
        Stored stored = new Stored(first.queueOffset(), positions, first.storeMillis(), Confirmation.CONFIRMED);
        return Optional.of(new Placed(first.queueId(), stored, true));
    }

    private record Part(int queueId, long queueOffset, long position, int bytes, long storeMillis) {
        static Part of(MessageRecord record) {
            return new Part(
                    queueId(record), record.queueOffset(), record.position(), record.size(), record.storeMillis());
        }

        // A message that is held back names the queue that its sender was told.
        private static int queueId(MessageRecord record) {
            return record.topic().equals(TopicNames.SCHEDULE)
                    ? PropertyString.find(record.properties(), MessageProperties.REAL_QUEUE_ID)
                            .map(Integer::valueOf)
                            .orElse(record.queueId())
                    : record.queueId();
        }
    }
}
