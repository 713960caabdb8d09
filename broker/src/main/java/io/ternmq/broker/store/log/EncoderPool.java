package io.ternmq.broker.store.log;

import io.ternmq.common.message.MessageRecordEncoder;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Encoders between two uses. Owns those not lent out; bounded in number and in the size of each. Any thread borrows and
 * gives back, without waiting for anyone.
 */
public final class EncoderPool {
    private static final int SLOTS = 64; // a power of two
    private static final int BYTES_FIRST = 4 * 1024;

    /** Larger ones are left to the collector: a few large messages must not keep their memory for ever. */
    static final int BYTES_KEPT_MAX = 64 * 1024;

    private final AtomicReferenceArray<MessageRecordEncoder> slots = new AtomicReferenceArray<>(SLOTS);

    /** An empty encoder, which goes back by {@link #giveBack}. */
    public MessageRecordEncoder borrow() {
        int start = startOfThisThread();
        for (int i = 0; i < SLOTS; i++) {
            int slot = (start + i) & (SLOTS - 1);
            MessageRecordEncoder encoder = slots.get(slot);
            if (encoder != null && slots.compareAndSet(slot, encoder, null)) {
                return encoder.clear();
            }
        }
        return new MessageRecordEncoder(BYTES_FIRST);
    }

    public void giveBack(MessageRecordEncoder encoder) {
        if (encoder.capacity() > BYTES_KEPT_MAX) {
            return;
        }
        int start = startOfThisThread();
        for (int i = 0; i < SLOTS; i++) {
            int slot = (start + i) & (SLOTS - 1);
            if (slots.get(slot) == null && slots.compareAndSet(slot, null, encoder)) {
                return;
            }
        }
    }

    // Threads begin at different places so that they rarely want the same encoder.
    private static int startOfThisThread() {
        return ((int) Thread.currentThread().getId() * 8) & (SLOTS - 1);
    }
}
