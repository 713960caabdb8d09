package io.ternmq.broker.store.log;

import io.ternmq.broker.store.Watermark;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How far the log has come. Owns its watermarks and the order between them: dispatched and flushed are never above
 * appended, nor dispatched above readable, nor readable above appended. Each is moved by one owner and read by any
 * thread.
 */
public final class LogProgress {
    private static final VarHandle APPENDED = handle("appended");
    private static final VarHandle READABLE = handle("readable");

    private volatile long appended; // moved by the holder of the writer's pen
    private volatile long readable; // moved by the same
    private volatile long flushed; // moved by the flusher
    private volatile long dispatched; // moved by the dispatcher

    /**
     * @param end where the log ends; all of it is readable and forced
     * @param dispatchedEnd up to where it is dispatched
     */
    public LogProgress(long end, long dispatchedEnd) {
        appended = end;
        readable = end;
        flushed = end;
        dispatched = dispatchedEnd;
    }

    /** Records below have their place in the log; in its file they are as far as {@link TailMemory} says. */
    public Watermark appended() {
        return () -> appended;
    }

    /** Records below may be seen by readers. */
    public Watermark readable() {
        return () -> readable;
    }

    /** The disk has confirmed all below. */
    public Watermark flushed() {
        return () -> flushed;
    }

    /** Queues have been derived from all below. */
    public Watermark dispatched() {
        return () -> dispatched;
    }

    long appendedPosition() {
        return appended;
    }

    long readablePosition() {
        return readable;
    }

    // The holder of the pen moves both without waiting for other cores to see it: putting the pen down does that, and
    // whoever is to look is rung after that.

    void appendedTo(long position) {
        APPENDED.setRelease(this, forward("appended", appended, position, Long.MAX_VALUE));
    }

    void readableTo(long position) {
        READABLE.setRelease(this, forward("readable", readable, position, appended));
    }

    void flushedTo(long position) {
        flushed = forward("flushed", flushed, position, appended);
    }

    /** For the dispatcher, the owner of this watermark. */
    public void dispatchedTo(long position) {
        dispatched = forward("dispatched", dispatched, position, readable);
    }

    private static VarHandle handle(String name) {
        try {
            return MethodHandles.lookup().findVarHandle(LogProgress.class, name, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static long forward(String name, long from, long to, long limit) {
        if (to < from || to > limit) {
            throw new IllegalStateException("watermark " + name + " from " + from + " to " + to
                    + ": expected no step back and at most " + limit);
        }
        return to;
    }
}
