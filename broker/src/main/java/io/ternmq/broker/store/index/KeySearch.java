package io.ternmq.broker.store.index;

import io.ternmq.broker.store.file.StoreFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One query on its way through the files: walks the chains of a hash, newest entry first, and hands over where in the
 * log a message may lie. Used by one thread.
 */
final class KeySearch {
    /** Entries looked at in one query at most, so that a key that very many messages share does not hold a thread. */
    static final int ENTRIES_MAX = 1 << 17;

    private final int hash;
    private final long fromMillis;
    private final long toMillis;
    private final KeyCandidates candidates;
    private final ByteBuffer bytes = ByteBuffer.allocate(IndexEntry.BYTES);
    private final IndexEntry entry = new IndexEntry();
    private int looked;
    private long lastPosition = -1;
    private boolean isOver;

    KeySearch(int hash, long fromMillis, long toMillis, KeyCandidates candidates) {
        this.hash = hash;
        this.fromMillis = fromMillis;
        this.toMillis = toMillis;
        this.candidates = candidates;
    }

    int hash() {
        return hash;
    }

    /** Enough was found, nothing older can match, or too much was looked at. */
    boolean isOver() {
        return isOver;
    }

    /** Whether a file can hold what is asked for; notes if no older one can either. */
    boolean mayBeIn(IndexHeader header) {
        if (header.isEmpty()) {
            return false;
        }
        if (header.endMillis() < fromMillis) {
            isOver = true;
        }
        return !isOver && header.beginMillis() <= toMillis;
    }

    /**
     * Follows a chain.
     *
     * @param first number of its newest entry; 0 if it is empty
     * @param header of a moment not before the first number was read
     */
    void walk(StoreFile file, IndexLayout layout, int first, IndexHeader header) throws IOException {
        int number = first;
        int newer = Integer.MAX_VALUE;
        while (!isOver && number > 0 && number < newer && number < layout.entriesMax()) {
            bytes.clear();
            if (file.read(bytes, layout.entryAt(number)) < IndexEntry.BYTES || ++looked > ENTRIES_MAX) {
                isOver = looked > ENTRIES_MAX;
                return;
            }
            look(entry.wrap(bytes, 0), header.beginMillis());
            newer = number; // a damaged chain may lead anywhere, but never round in a circle
            number = entry.previous();
        }
    }

    private void look(IndexEntry at, long beginMillis) throws IOException {
        if (at.latestMillis(beginMillis) < fromMillis) {
            isOver = true; // times fall along a chain, and from file to file
            return;
        }
        if (at.hash() != hash || at.earliestMillis(beginMillis) > toMillis || at.position() == lastPosition) {
            return; // the last: one record, twice with the same key
        }
        lastPosition = at.position();
        isOver = !candidates.take(at.position());
    }
}
