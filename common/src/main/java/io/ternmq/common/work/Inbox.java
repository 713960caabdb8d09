package io.ternmq.common.work;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * Bounded notes to one worker, in the order they came. Any thread offers; only the owning worker takes, one thread at a
 * time. Nobody ever waits: a full inbox refuses. The one who offered rings the worker afterwards.
 *
 * @param <T> the note
 */
public final class Inbox<T> {
    private final AtomicReferenceArray<T> slots;
    private final int mask;
    private final AtomicLong tail = new AtomicLong(); // next place to be claimed; moved by whoever offers
    private final AtomicLong head = new AtomicLong(); // next note to be taken; moved by the owner, read by all

    /** @param capacity notes at most, rounded up to a power of two */
    public Inbox(int capacity) {
        if (capacity < 1 || capacity > 1 << 30) {
            throw new IllegalArgumentException("capacity " + capacity + ": expected 1 to " + (1 << 30));
        }
        int size = Integer.highestOneBit(Math.max(1, capacity * 2 - 1));
        slots = new AtomicReferenceArray<>(size);
        mask = size - 1;
    }

    /** Leaves a note. False, and nothing left, if the inbox is full. */
    public boolean offer(T note) {
        long place;
        do {
            place = tail.get();
            if (place - head.get() > mask) {
                return false;
            }
        } while (!tail.compareAndSet(place, place + 1));
        slots.set((int) place & mask, note);
        return true;
    }

    /**
     * Takes the oldest note; null if there is none. A note whose writer has claimed its place but not yet laid it there
     * counts as none: that writer has still to ring.
     */
    public T poll() {
        long place = head.get();
        int slot = (int) place & mask;
        T note = slots.get(slot);
        if (note != null) {
            // Before the head moves, or a writer could lay its note here first and lose it: ordered stores keep that.
            slots.lazySet(slot, null);
            head.lazySet(place + 1);
        }
        return note;
    }

    /** Takes up to {@code limit} notes, handing each to {@code reader}. Returns how many. */
    public int drain(Consumer<T> reader, int limit) {
        int count = 0;
        while (count < limit) {
            T note = poll();
            if (note == null) {
                return count;
            }
            reader.accept(note);
            count++;
        }
        return count;
    }

    /** Whether nothing is there or on its way in; true is certain only to one who knows that nobody offers. */
    public boolean isEmpty() {
        return tail.get() == head.get();
    }

    /** Notes there now, about. */
    public int size() {
        return (int) Math.max(0, tail.get() - head.get());
    }

    public int capacity() {
        return mask + 1;
    }
}
