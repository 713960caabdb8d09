package io.ternmq.broker.store.queue;

import io.ternmq.common.message.MessageRecord;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Finds a record's queue by the bytes of its topic, without making a string of them. A table of its own, since each
 * message of a broker with many queues meets one that no cache of the processor holds any more: it looks in as few places
 * as can be. Used by one thread.
 */
final class QueueLookup {
    private static final int SLOTS_FIRST = 64; // a power of two, as ever after
    private static final int FACTOR = 0x9E3779B1; // spreads a number over the higher bits
    private static final long FACTOR_64 = 0x9E3779B97F4A7C15L; // the same for as many

    // Each lies in the first free slot from where its name points. At most half of them are in use.
    private ConsumeQueue[] slots = new ConsumeQueue[SLOTS_FIRST];
    private int count;

    Optional<ConsumeQueue> find(MessageRecord record) {
        ByteBuffer bytes = record.buffer();
        int from = record.topicIndex();
        int length = record.topicBytes();
        long key = keyOf(bytes, from, length, record.queueId());
        int slot = firstSlot(key);
        while (slots[slot] != null && !slots[slot].isNamed(key, bytes, from, length)) {
            slot = behind(slot);
        }
        return Optional.ofNullable(slots[slot]);
    }

    /** How many queues are looked at to find one that is there: 1 at best. */
    int steps(ConsumeQueue queue) {
        int steps = 1;
        for (int slot = firstSlot(queue.key()); slots[slot] != queue; slot = behind(slot)) {
            steps++;
        }
        return steps;
    }

    /** Adds a queue of which there is none by that name yet. */
    void add(ConsumeQueue queue) {
        if (2 * (count + 1) > slots.length) {
            grow();
        }
        place(queue);
        count++;
    }

    /** Removes a queue that was added. */
    void remove(ConsumeQueue queue) {
        int slot = firstSlot(queue.key());
        while (slots[slot] != queue) {
            if (slots[slot] == null) {
                throw new IllegalArgumentException("queue " + queue.name() + " was not added");
            }
            slot = behind(slot);
        }
        slots[slot] = null;
        count--;
        // Those behind it that did not find their own slot free have to be found without it.
        for (int next = behind(slot); slots[next] != null; next = behind(next)) {
            ConsumeQueue moved = slots[next];
            slots[next] = null;
            place(moved);
        }
    }

    /**
     * The hash of a topic and the queue's id: differs for queues of one topic, and nearly always for others.
     *
     * @param from where the topic's bytes begin
     */
    static long keyOf(ByteBuffer bytes, int from, int length, int queueId) {
        int hash = length;
        int i = from;
        for (; i <= from + length - Integer.BYTES; i += Integer.BYTES) {
            hash = FACTOR * hash + bytes.getInt(i);
        }
        for (; i < from + length; i++) {
            hash = FACTOR * hash + bytes.get(i);
        }
        return (long) hash << Integer.SIZE | Integer.toUnsignedLong(queueId);
    }

    private void place(ConsumeQueue queue) {
        int slot = firstSlot(queue.key());
        while (slots[slot] != null) {
            slot = behind(slot);
        }
        slots[slot] = queue;
    }

    private void grow() {
        ConsumeQueue[] had = slots;
        slots = new ConsumeQueue[2 * had.length];
        for (ConsumeQueue queue : had) {
            if (queue != null) {
                place(queue);
            }
        }
    }

    // Topics are mostly numbered: names that differ in a digit, and queues that differ in their id, must not meet.
    private int firstSlot(long key) {
        long mixed = (key ^ key >>> Integer.SIZE) * FACTOR_64;
        mixed = (mixed ^ mixed >>> Integer.SIZE) * FACTOR_64;
        return (int) (mixed >>> Long.numberOfLeadingZeros(slots.length - 1));
    }

    private int behind(int slot) {
        return slot + 1 & slots.length - 1;
    }
}
