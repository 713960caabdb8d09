package io.ternmq.broker.store.index;

import java.util.Arrays;

/**
 * The slots that entries about to be written will change: an entry names the one before it in its slot, which may be in
 * the same write. A hash table of numbers, without boxes. Used by one thread.
 */
final class SlotChanges {
    private static final int EMPTY = -1;
    private static final int SPREAD = 0x9E3779B9; // the golden ratio, so that neighbours part

    private final int[] slots;
    private final int[] numbers;
    private final int[] used; // indexes of what is not empty, so that clearing costs what was put
    private int usedCount;

    /** @param changesMax changes between two {@link #clear()} */
    SlotChanges(int changesMax) {
        int capacity = Integer.highestOneBit(Math.max(1, changesMax)) * 4;
        slots = new int[capacity];
        numbers = new int[capacity];
        used = new int[changesMax];
        Arrays.fill(slots, EMPTY);
    }

    void clear() {
        for (int i = 0; i < usedCount; i++) {
            slots[used[i]] = EMPTY;
        }
        usedCount = 0;
    }

    /** The entry that a slot will name; {@code unchanged} if nothing changes it. */
    int numberOr(int slot, int unchanged) {
        int index = indexOf(slot);
        return slots[index] == EMPTY ? unchanged : numbers[index];
    }

    void put(int slot, int number) {
        int index = indexOf(slot);
        if (slots[index] == EMPTY) {
            slots[index] = slot;
            used[usedCount++] = index;
        }
        numbers[index] = number;
    }

    private int indexOf(int slot) {
        int mask = slots.length - 1;
        int index = ((slot * SPREAD) >>> 8) & mask;
        while (slots[index] != EMPTY && slots[index] != slot) {
            index = (index + 1) & mask;
        }
        return index;
    }
}
