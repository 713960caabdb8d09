package io.ternmq.broker.store.index;

import io.ternmq.broker.store.file.StoreFile;
import io.ternmq.broker.store.file.StoreFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The newest index file. Entries go to the file as they come, one write for many; its slots are kept apart and go to the
 * file when it is full or the store closes, so that until then the file agrees with the header it had. Owns the open
 * file and the slots. Written by the dispatcher's thread, read by any.
 */
final class GrowingIndexFile implements IndexPart {
    /** Entries of one write at most. */
    static final int WRITE_MAX = 4096;

    private final StoreFiles files;
    private final StoreFile file;
    private final IndexLayout layout;
    private final GrowingSlots slots; // set by the dispatcher's thread once the entry is in the file
    private final ByteBuffer memory = ByteBuffer.allocateDirect(WRITE_MAX * IndexEntry.BYTES);
    private final SlotChanges changes = new SlotChanges(WRITE_MAX);
    private volatile IndexHeader header; // replaced by the dispatcher's thread
    private volatile boolean isDoubtful; // raised by whoever forces, when that failed

    /**
     * @param file open, of full length, owned from now on
     * @param slots those that belong to the header, owned from now on
     */
    GrowingIndexFile(StoreFiles files, StoreFile file, IndexLayout layout, GrowingSlots slots, IndexHeader header) {
        this.files = files;
        this.file = file;
        this.layout = layout;
        this.slots = slots;
        this.header = header;
    }

    /** A new file without entries. */
    static GrowingIndexFile create(IndexDirectory directory, Path path, IndexLayout layout) throws IOException {
        StoreFile file = directory.create(path, layout);
        try {
            GrowingSlots slots = GrowingSlots.create(directory, path, layout);
            return new GrowingIndexFile(directory.files(), file, layout, slots, IndexHeader.EMPTY);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    Path path() {
        return file.path();
    }

    @Override
    public IndexHeader header() {
        return header;
    }

    @Override
    public void search(KeySearch search) throws IOException {
        // By a handle of its own: this one may be closed once the file is full, and the file removed some time after.
        Optional<StoreFile> opened = IndexDirectory.openIfThere(files, file.path());
        if (opened.isEmpty()) {
            return;
        }
        try (StoreFile own = opened.get()) {
            int first = newestOf(layout.slotOf(search.hash()), own);
            if (first > 0) {
                search.walk(own, layout, first, header);
            }
        }
    }

    private int newestOf(int slot, StoreFile own) throws IOException {
        if (slots.tryLease()) {
            try {
                return slots.get(slot);
            } finally {
                slots.release();
            }
        }
        ByteBuffer number = ByteBuffer.allocate(IndexLayout.SLOT_BYTES); // full by now: they are in the file
        own.read(number, layout.slotAt(slot));
        return number.getInt(0);
    }

    /** Entries that it still takes. */
    int room() {
        return layout.entriesMax() - header.next();
    }

    /**
     * Writes the first of the keys. May be repeated after an error.
     *
     * @param count of them, at most {@link #room()} and {@link #WRITE_MAX}
     */
    void append(PendingKeys keys, int count) throws IOException {
        IndexHeader before = header;
        boolean isFirst = before.isEmpty();
        long beginMillis = isFirst ? keys.millis(0) : before.beginMillis();
        int used = before.slotsUsed();
        memory.clear();
        changes.clear();
        for (int i = 0; i < count; i++) {
            int slot = layout.slotOf(keys.hash(i));
            slots.reserve(slot);
            int previous = changes.numberOr(slot, slots.get(slot));
            used += previous == 0 ? 1 : 0;
            IndexEntry.put(memory, keys.hash(i), keys.position(i), keys.millis(i) - beginMillis, previous);
            changes.put(slot, before.next() + i);
        }
        IndexHeader after = new IndexHeader(
                beginMillis,
                keys.millis(count - 1),
                isFirst ? keys.position(0) : before.beginPosition(),
                keys.position(count - 1),
                used,
                before.next() + count);
        if (isFirst) {
            file.write(after.unfinished().toBytes(), 0); // entries mean nothing without the time they count from
        }
        file.write(memory.flip(), layout.entryAt(before.next()));
        // Before the slots: who finds a number there finds a header and an entry for it.
        header = after;
        for (int i = 0; i < count; i++) {
            slots.set(layout.slotOf(keys.hash(i)), before.next() + i);
        }
    }

    /** Brings the slots to the file. Those never used leave holes. */
    void writeSlots() throws IOException {
        int slot = slots.nextUsedPage(0);
        while (slot >= 0) {
            ByteBuffer page = slots.page(slot);
            int end = slot + page.remaining() / IndexLayout.SLOT_BYTES;
            file.write(page, layout.slotAt(slot));
            slot = end < layout.slots() ? slots.nextUsedPage(end) : -1;
        }
    }

    /** Gives the slots back: they are in the file, or will be derived from it. */
    void releaseSlots() {
        slots.release();
    }

    /** Forces what was written and notes it. Any thread. */
    void force(IndexNote note) throws IOException {
        forceContent();
        file.write(note.toBytes(), layout.noteAt());
        forceContent();
    }

    /** Ends the file, whose slots are written: forces it and says so in its header. Any thread. */
    void finish(IndexNote note) throws IOException {
        forceContent();
        file.write(header.toBytes(), 0);
        file.write(note.toBytes(), layout.noteAt());
        forceContent();
    }

    /** Closes the file; the slots have been released. */
    void close() throws IOException {
        file.close();
    }

    // After a failed force nobody knows what the disk has, and the next one may succeed all the same: nothing is noted
    // any more, so that the next start derives the rest again.
    private void forceContent() throws IOException {
        if (isDoubtful) {
            throw new IOException("an earlier force of " + file.path() + " has failed");
        }
        try {
            file.force();
        } catch (IOException e) {
            isDoubtful = true;
            throw e;
        }
    }
}
