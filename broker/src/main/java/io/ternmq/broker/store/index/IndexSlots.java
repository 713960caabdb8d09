package io.ternmq.broker.store.index;

import io.ternmq.broker.store.file.StoreFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Fills the slots of an index file that will grow on: from the file, or from its entries. Stateless. */
final class IndexSlots {
    private static final int BUFFER_SLOTS = 1 << 15;
    private static final int BUFFER_ENTRIES = 1 << 15;

    private IndexSlots() {}

    /**
     * Reads slots.
     *
     * @param slots empty, and filled
     * @return whether they agree with the header. Whoever added entries to the file without writing its header has set
     *     at least one slot to a number that the header does not know
     */
    static boolean load(StoreFile file, IndexLayout layout, IndexHeader header, GrowingSlots slots) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_SLOTS * IndexLayout.SLOT_BYTES);
        int used = 0;
        boolean agrees = true;
        for (int start = 0; start < layout.slots(); start += BUFFER_SLOTS) {
            int count = Math.min(BUFFER_SLOTS, layout.slots() - start);
            file.read(buffer.clear().limit(count * IndexLayout.SLOT_BYTES), layout.slotAt(start));
            buffer.flip();
            for (int slot = start; slot < start + count; slot++) {
                int number = buffer.getInt();
                if (number != 0) {
                    slots.reserve(slot);
                    slots.set(slot, number);
                    used++;
                }
                agrees &= number >= 0 && number < header.next();
            }
        }
        return agrees && used == header.slotsUsed();
    }

    /** Derives slots, which are empty, from the entries below {@code next}. Returns how many are used. */
    static int derive(StoreFile file, IndexLayout layout, int next, GrowingSlots slots) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_ENTRIES * IndexEntry.BYTES);
        IndexEntry entry = new IndexEntry();
        int used = 0;
        for (int start = 1; start < next; start += BUFFER_ENTRIES) {
            int count = Math.min(BUFFER_ENTRIES, next - start);
            file.read(buffer.clear().limit(count * IndexEntry.BYTES), layout.entryAt(start));
            for (int i = 0; i < count; i++) {
                int slot = layout.slotOf(
                        Math.max(0, entry.wrap(buffer, i * IndexEntry.BYTES).hash()));
                used += slots.get(slot) == 0 ? 1 : 0;
                slots.reserve(slot);
                slots.set(slot, start + i);
            }
        }
        return used;
    }

    /** Makes all slots in the file empty, as they are while it grows. */
    static void clear(StoreFile file, IndexLayout layout) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_SLOTS * IndexLayout.SLOT_BYTES);
        ByteBuffer zeros = ByteBuffer.allocateDirect(BUFFER_SLOTS * IndexLayout.SLOT_BYTES);
        for (int start = 0; start < layout.slots(); start += BUFFER_SLOTS) {
            int bytes = Math.min(BUFFER_SLOTS, layout.slots() - start) * IndexLayout.SLOT_BYTES;
            file.read(buffer.clear().limit(bytes), layout.slotAt(start));
            if (buffer.flip().mismatch(zeros.clear().limit(bytes)) >= 0) {
                file.write(zeros, layout.slotAt(start));
            }
        }
    }
}
