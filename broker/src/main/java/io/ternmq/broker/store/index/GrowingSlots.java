package io.ternmq.broker.store.index;

import io.ternmq.broker.store.file.Leased;
import io.ternmq.broker.store.file.Mapping;
import io.ternmq.broker.store.file.StoreFile;
import io.ternmq.broker.store.file.StoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * The slots of the index file that grows, in a mapped file of their own: many megabytes that are the kernel's to keep and
 * not the heap's. Without worth after a stop, since they follow from the entries. Owns that file, which is removed with
 * the last lease. Changed by the dispatcher's thread, read by any under a lease.
 */
final class GrowingSlots extends Leased {
    private static final int PAGE_BYTES = 4096;

    private final StoreFiles files;
    private final StoreFile file;
    private final Mapping mapping;
    private final ByteBuffer numbers;
    private final ByteBuffer zeros = ByteBuffer.allocate(PAGE_BYTES);
    private final BitSet pagesWithBlocks = new BitSet(); // the dispatcher's thread alone

    private GrowingSlots(StoreFiles files, StoreFile file, Mapping mapping) {
        this.files = files;
        this.file = file;
        this.mapping = mapping;
        this.numbers = mapping.buffer();
    }

    /** Slots that are all empty, in a new file without blocks. */
    static GrowingSlots create(IndexDirectory directory, Path indexFile, IndexLayout layout) throws IOException {
        int bytes = Math.toIntExact((long) layout.slots() * IndexLayout.SLOT_BYTES);
        StoreFile file = directory.createSlots(indexFile, bytes);
        try {
            return new GrowingSlots(directory.files(), file, file.map(bytes));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Number of a slot's newest entry, 0 for none. What was written before it was set is seen by who gets it. */
    int get(int slot) {
        int number = numbers.getInt(slot * IndexLayout.SLOT_BYTES);
        VarHandle.acquireFence();
        return number;
    }

    /**
     * Sees to it that a slot can be set.
     *
     * @throws io.ternmq.broker.store.file.DiskFullException if there is no room for it
     */
    void reserve(int slot) throws IOException {
        int page = slot * IndexLayout.SLOT_BYTES / PAGE_BYTES;
        if (!pagesWithBlocks.get(page)) {
            int from = page * PAGE_BYTES;
            file.write(zeros.clear().limit(Math.min(PAGE_BYTES, numbers.capacity() - from)), from);
            pagesWithBlocks.set(page);
        }
    }

    /** Sets a slot that was reserved. */
    void set(int slot, int number) {
        VarHandle.releaseFence();
        numbers.putInt(slot * IndexLayout.SLOT_BYTES, number);
    }

    /** Where the next slots lie that may not be empty, from {@code slot} on; negative if all further ones are empty. */
    int nextUsedPage(int slot) {
        int page = pagesWithBlocks.nextSetBit(slot * IndexLayout.SLOT_BYTES / PAGE_BYTES);
        return page < 0 ? page : page * PAGE_BYTES / IndexLayout.SLOT_BYTES;
    }

    /** The slots of one page, from the one that {@link #nextUsedPage} names, as they lie in an index file. */
    ByteBuffer page(int slot) {
        int from = slot * IndexLayout.SLOT_BYTES;
        return numbers.slice(from, Math.min(PAGE_BYTES, numbers.capacity() - from));
    }

    @Override
    protected void dispose() {
        mapping.unmap();
        try {
            file.close();
            files.delete(file.path());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + file.path(), e);
        }
    }
}
