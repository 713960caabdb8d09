package io.ternmq.client.consumer.pulling;

import io.ternmq.common.message.MessageExt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Messages of one assigned queue between their pull and their end. Owns them, and with them the answer to what may be
 * committed: the smallest offset that is not done with. Safe for use by any thread.
 */
public final class ProcessQueue {
    private final ArrayDeque<Held> held = new ArrayDeque<>(); // in offset order; guarded by this, like all below
    private QueueLimits limits;
    private int count;
    private long bytes;
    private long nextOffset; // all below it has been pulled or passed over
    private Runnable whenRoom; // the puller that waits, null if none does
    private boolean isPaused;
    private int begunCount; // with the application, and not done with
    private Runnable whenDrained; // null until the queue is to be left

    private volatile boolean isReset; // written by who begins again elsewhere, read by listeners' threads
    private volatile boolean dropped; // written by the rebalance, read by pullers and listeners' threads
    private volatile long lastDoneMillis; // written by listeners' threads, read by tools
    private volatile boolean pullingStopped; // written at shutdown, read by pullers

    /** One message from its pull until it is done with. */
    public static final class Held {
        private final MessageExt message;
        private boolean isBegun; // guarded by the process queue
        private boolean isDone; // guarded by the process queue
        private volatile long
                startedNanos; // monotonic time of the last start, 0 before; written by the consuming thread

        private volatile Thread thread; // in the listener with it, null if none is; written by that thread
        private volatile long firstMillis; // wall time of the first start, 0 before; written by that thread

        private Held(MessageExt message) {
            this.message = message;
        }

        public MessageExt message() {
            return message;
        }

        /** The listener is called with it. */
        public void enter(Thread caller, long nowMillis) {
            firstMillis = firstMillis == 0 ? nowMillis : firstMillis;
            thread = caller;
        }

        /** The listener has returned. */
        public void leave() {
            thread = null;
        }

        /** The thread that is in the listener with it. */
        public Optional<Thread> thread() {
            return Optional.ofNullable(thread);
        }

        /** Wall time of the first call of the listener with it; 0 if there was none yet. */
        public long firstMillis() {
            return firstMillis;
        }

        public void startedAt(long nanos) {
            startedNanos = nanos;
        }

        public long startedNanos() {
            return startedNanos;
        }
    }

    /** What tools are told. */
    public record Snapshot(int count, long bytes, long minOffset, long maxOffset) {}

    /**
     * Begins empty.
     *
     * @param startOffset the first offset that will be pulled
     */
    public ProcessQueue(QueueLimits limits, long startOffset) {
        this.limits = limits;
        this.nextOffset = startOffset;
    }

    /** Takes pulled messages in. {@code nextBegin} is where the next pull begins: all below it has been looked at. */
    public synchronized List<Held> add(List<MessageExt> messages, long nextBegin) {
        List<Held> added = new ArrayList<>(messages.size());
        for (MessageExt message : messages) {
            Held entry = new Held(message);
            held.addLast(entry);
            added.add(entry);
            count++;
            bytes += bodyBytes(message);
        }
        nextOffset = Math.max(nextOffset, nextBegin);
        return added;
    }

    /**
     * Notes that messages need not be delivered again by this queue.
     *
     * @param nowMillis wall time
     * @return what may now be committed
     */
    public long done(List<Held> finished, long nowMillis) {
        return done(finished, nowMillis, committable -> {});
    }

    /** As {@link #done(List, long)}, and tells what may be committed before anybody hears that the queue is drained. */
    public long done(List<Held> finished, long nowMillis, LongConsumer progress) {
        lastDoneMillis = nowMillis;
        Runnable resume = null;
        Runnable drained;
        long committable;
        synchronized (this) {
            for (Held entry : finished) {
                if (!entry.isDone) {
                    entry.isDone = true;
                    begunCount -= entry.isBegun ? 1 : 0;
                    count--;
                    bytes -= bodyBytes(entry.message);
                }
            }
            while (!held.isEmpty() && held.peekFirst().isDone) {
                held.removeFirst();
            }
            committable = committableOffset();
            if (whenRoom != null && hasRoomAgain()) {
                resume = whenRoom;
                whenRoom = null;
            }
            drained = takeDrained();
        }
        progress.accept(committable);
        if (resume != null) {
            resume.run();
        }
        if (drained != null) {
            drained.run();
        }
        return committable;
    }

    /**
     * Notes that messages are with the application from now on.
     *
     * @param nowNanos monotonic time
     * @return false if the queue is another member's, or about to be: they are the next owner's then
     */
    public boolean begin(List<Held> batch, long nowNanos) {
        Runnable drained;
        synchronized (this) {
            boolean isOurs = !dropped && whenDrained == null;
            for (Held entry : batch) {
                if (entry.isBegun != isOurs && !entry.isDone) {
                    begunCount += isOurs ? 1 : -1;
                    entry.isBegun = isOurs;
                }
            }
            if (isOurs) {
                batch.forEach(entry -> entry.startedAt(nowNanos));
                return true;
            }
            drained = takeDrained();
        }
        if (drained != null) {
            drained.run();
        }
        return false;
    }

    /**
     * Begins with no more messages, and runs {@code whenDrained}, once, when those begun are done with: at once, or on the
     * thread that ends the last one.
     */
    public void drain(Runnable whenDrained) {
        stopPulling();
        Runnable drained;
        synchronized (this) {
            this.whenDrained = whenDrained;
            drained = takeDrained();
        }
        if (drained != null) {
            drained.run();
        }
    }

    /** Notes that messages are no more with the application, though not done with: they will be begun with again. */
    public void putBack(List<Held> batch) {
        Runnable drained;
        synchronized (this) {
            for (Held entry : batch) {
                if (entry.isBegun && !entry.isDone) {
                    begunCount--;
                    entry.isBegun = false;
                }
            }
            drained = takeDrained();
        }
        if (drained != null) {
            drained.run();
        }
    }

    /** Up to {@code max} of the messages that are not done with, in order, beginning after the first {@code skipped}. */
    public synchronized List<Held> first(int skipped, int max) {
        return held.stream()
                .filter(entry -> !entry.isDone)
                .skip(skipped)
                .limit(max)
                .toList();
    }

    /** Whether messages may be begun with: not if the queue is another member's, or about to be. */
    public synchronized boolean mayBegin() {
        return !dropped && whenDrained == null;
    }

    public synchronized boolean isDone(Held entry) {
        return entry.isDone;
    }

    /** Has other limits from now on; a puller that waits goes on if there is room now. */
    public void limit(QueueLimits newLimits) {
        Runnable resume = null;
        synchronized (this) {
            if (newLimits.equals(limits)) {
                return;
            }
            limits = newLimits;
            if (whenRoom != null && hasRoomAgain()) {
                resume = whenRoom;
                whenRoom = null;
            }
        }
        if (resume != null) {
            resume.run();
        }
    }

    /** The offset below which everything is done with. */
    public synchronized long committableOffset() {
        return held.isEmpty() ? nextOffset : held.peekFirst().message.getQueueOffset();
    }

    /**
     * Whether another pull may begin. If not, {@code resume} runs once there is room again, on the thread that made it.
     */
    public synchronized boolean hasRoomOrCall(Runnable resume) {
        if (!isPaused && count < limits.count() && bytes < limits.bytes() && span() <= limits.span()) {
            return true;
        }
        whenRoom = resume;
        return false;
    }

    /** The message that has been with the application for longest among those that hold the commit back. */
    public synchronized Optional<Held> oldest() {
        return Optional.ofNullable(held.peekFirst());
    }

    public synchronized Snapshot snapshot() {
        return held.isEmpty()
                ? new Snapshot(0, 0, 0, 0)
                : new Snapshot(
                        count,
                        bytes,
                        held.peekFirst().message.getQueueOffset(),
                        held.peekLast().message.getQueueOffset());
    }

    /** Gives the queue up: what is still held belongs to its next owner. */
    public void drop() {
        dropped = true;
        synchronized (this) {
            whenRoom = null;
        }
    }

    /** Gives what is held up because the queue begins again elsewhere: what listeners still end says nothing any more. */
    public void reset() {
        isReset = true;
        drop();
    }

    /** Whether the queue has begun again elsewhere. */
    public boolean isReset() {
        return isReset;
    }

    /** Wall time of the last message that ended; 0 for never. */
    public long lastDoneMillis() {
        return lastDoneMillis;
    }

    /** Nothing is to be pulled until {@link #resume()}. */
    public synchronized void pause() {
        isPaused = true;
    }

    public synchronized boolean isPaused() {
        return isPaused;
    }

    /** Goes on where it was paused. */
    public void resume() {
        Runnable resumed;
        synchronized (this) {
            isPaused = false;
            resumed = whenRoom;
            whenRoom = null;
        }
        if (resumed != null) {
            resumed.run();
        }
    }

    /** Nothing more is to be pulled, but what is held may still be done with. */
    public void stopPulling() {
        pullingStopped = true;
    }

    public boolean isPulled() {
        return !dropped && !pullingStopped;
    }

    public boolean isDropped() {
        return dropped;
    }

    private Runnable takeDrained() {
        if (whenDrained == null || begunCount > 0) {
            return null;
        }
        Runnable drained = whenDrained;
        whenDrained = () -> {}; // the queue stays left
        return drained;
    }

    // A little below the limits, so that a full queue does not pull a handful for each message that ends.
    private boolean hasRoomAgain() {
        return !isPaused
                && count <= limits.count() - limits.count() / 8
                && bytes <= limits.bytes() - limits.bytes() / 8
                && span() <= limits.span();
    }

    private long span() {
        return held.isEmpty()
                ? 0
                : held.peekLast().message.getQueueOffset()
                        - held.peekFirst().message.getQueueOffset();
    }

    private static long bodyBytes(MessageExt message) {
        byte[] body = message.getBody();
        return body == null ? 0 : body.length;
    }
}
