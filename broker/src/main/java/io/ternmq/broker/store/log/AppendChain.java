package io.ternmq.broker.store.log;

/** Appends in a row, linked through themselves so that a row costs nothing. Used by one thread at a time. */
final class AppendChain {
    private Append first;
    private Append last;
    private int count;

    boolean isEmpty() {
        return first == null;
    }

    int count() {
        return count;
    }

    /** The oldest; null if there is none. */
    Append first() {
        return first;
    }

    void add(Append append) {
        if (first == null) {
            first = append;
        } else {
            last.next(append);
        }
        last = append;
        count++;
    }

    /** Takes the oldest out; there must be one. */
    Append removeFirst() {
        Append taken = first;
        first = taken.next();
        taken.next(null);
        if (first == null) {
            last = null;
        }
        count--;
        return taken;
    }

    /** Takes the whole row, by its first; null if there is none. */
    Append takeAll() {
        Append taken = first;
        first = null;
        last = null;
        count = 0;
        return taken;
    }
}
