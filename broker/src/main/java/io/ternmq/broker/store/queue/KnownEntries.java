package io.ternmq.broker.store.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stretches of queues that were read lately: whoever reads on in one asks no file, and a thread that must not wait for a
 * disk can tell beforehand that it will not. Owns these copies, 10 KiB each, of which there are 128 at most: the stretch
 * of one queue takes the place of another's. They stay true, since an entry below a queue's end never changes until the
 * queue begins anew, which is looked for. Any thread.
 */
public final class KnownEntries {
    private static final Logger logger = LoggerFactory.getLogger(KnownEntries.class);

    static final int STRETCH = 512;
    static final int PLACES = 128;

    /** @param beginning of the queue when this was read */
    private record Stretch(ConsumeQueue queue, Object beginning, long first, ByteBuffer entries) {}

    private final AtomicReferenceArray<Stretch> places = new AtomicReferenceArray<>(PLACES);

    /**
     * As {@link ConsumeQueue#read}, and remembers the whole stretch where the queue has all of it.
     *
     * @param target from its first byte on
     */
    public int read(ConsumeQueue queue, long offset, ByteBuffer target) throws IOException {
        Object beginning = queue.beginning();
        long at = offset;
        while (target.remaining() >= ConsumeQueueEntry.BYTES && isWhole(queue, at)) {
            Stretch stretch = find(queue, at);
            if (stretch == null) {
                stretch = load(queue, at);
            }
            if (stretch == null) {
                break;
            }
            at += copy(stretch, at, target);
        }
        int count = (int) (at - offset);
        if (target.remaining() >= ConsumeQueueEntry.BYTES) {
            count += queue.read(at, target);
        } else {
            target.flip();
        }
        // Not a part of before and a part of after: what was read then is no longer there.
        return beginning == queue.beginning() ? count : 0;
    }

    /**
     * Fills {@code target} with entries, and flips it, if all of them are known; asks no file.
     *
     * @param target from its first byte on
     * @return false, with nothing that can be used in {@code target}, if not
     */
    public boolean readKnown(ConsumeQueue queue, long offset, ByteBuffer target) {
        Object beginning = queue.beginning();
        long end = offset + target.remaining() / ConsumeQueueEntry.BYTES;
        long at = offset;
        while (at < end) {
            Stretch stretch = find(queue, at);
            if (stretch == null) {
                return false;
            }
            at += copy(stretch, at, target);
        }
        target.flip();
        return beginning == queue.beginning();
    }

    private static boolean isWhole(ConsumeQueue queue, long offset) {
        long first = firstOf(offset);
        return first >= queue.range().minOffset() && first + STRETCH <= queue.maxOffset();
    }

    private Stretch find(ConsumeQueue queue, long offset) {
        Stretch stretch = places.get(placeOf(queue, offset));
        boolean isIt = stretch != null
                && stretch.queue == queue
                && stretch.first == firstOf(offset)
                && stretch.beginning == queue.beginning();
        return isIt ? stretch : null;
    }

    private Stretch load(ConsumeQueue queue, long offset) {
        Object beginning = queue.beginning();
        ByteBuffer entries = ByteBuffer.allocate(STRETCH * ConsumeQueueEntry.BYTES);
        int count;
        try {
            count = queue.read(firstOf(offset), entries);
        } catch (IOException e) {
            logger.debug("Stretch is read entry by entry. queue={} offset={}", queue.name(), offset, e);
            return null; // what is wanted of it is read by itself, and fails only where it must
        }
        if (count < STRETCH || beginning != queue.beginning()) {
            return null;
        }
        Stretch stretch = new Stretch(queue, beginning, firstOf(offset), entries);
        places.set(placeOf(queue, offset), stretch);
        return stretch;
    }

    private static int copy(Stretch stretch, long offset, ByteBuffer target) {
        int index = (int) (offset - stretch.first);
        int count = Math.min(STRETCH - index, target.remaining() / ConsumeQueueEntry.BYTES);
        target.put(stretch.entries.slice(index * ConsumeQueueEntry.BYTES, count * ConsumeQueueEntry.BYTES));
        return count;
    }

    private static long firstOf(long offset) {
        return offset - offset % STRETCH;
    }

    private static int placeOf(ConsumeQueue queue, long offset) {
        return Math.floorMod(31L * System.identityHashCode(queue) + offset / STRETCH, PLACES);
    }
}
