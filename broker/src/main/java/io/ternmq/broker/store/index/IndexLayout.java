package io.ternmq.broker.store.index;

/**
 * Where things lie in an index file, which is a hash table with chained entries.
 *
 * <pre>
 * byte  0        40                  40 + 4 x slots                      + 20 x entriesMax
 *       +--------+-------------------+------------------+----------------+
 *       | header | slots: number of  | entry 0: not one | entries from   |
 *       |        | the newest entry  | (our note)       | number 1 on    |
 *       +--------+-------------------+------------------+----------------+
 * </pre>
 *
 * @param slots of the hash table
 * @param entriesMax one more than the entries of a full file
 */
record IndexLayout(int slots, int entriesMax) {
    static final int SLOT_BYTES = Integer.BYTES;

    long fileBytes() {
        return entryAt(entriesMax);
    }

    /** Which slot entries of a hash hang on. */
    int slotOf(int hash) {
        return hash % slots;
    }

    long slotAt(int slot) {
        return IndexHeader.BYTES + (long) slot * SLOT_BYTES;
    }

    long entryAt(int number) {
        return slotAt(slots) + (long) number * IndexEntry.BYTES;
    }

    /** Where the note lies: in the place of the entry that has no number. */
    long noteAt() {
        return entryAt(0);
    }
}
