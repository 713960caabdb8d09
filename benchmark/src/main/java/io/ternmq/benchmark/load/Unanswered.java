package io.ternmq.benchmark.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * How many sends of one sender are without an answer, up to a limit. A sender that has reached it goes on once a quarter of
 * them is answered: to be woken by each answer would cost it more than to send, and so measure the waking. One thread
 * sends, any thread answers.
 */
final class Unanswered {
    private static final int QUARTER = 4;

    private final int max;
    private final int resumeAt;
    private final AtomicInteger count = new AtomicInteger();
    private volatile Thread sender; // set by itself before it waits

    /** @param max at least 1 */
    Unanswered(int max) {
        this.max = max;
        this.resumeAt = max - Math.max(1, max / QUARTER);
    }

    /** Counts one more, waiting for answers if there are too many without. Called by the sender. */
    void sending() throws InterruptedException {
        if (count.get() >= max) {
            await(resumeAt, Long.MAX_VALUE);
        }
        count.incrementAndGet();
    }

    /** Counts one less, and wakes the sender if that is what it waits for. Any thread. */
    void answered() {
        int left = count.decrementAndGet();
        if (left == resumeAt || left == 0) {
            LockSupport.unpark(sender);
        }
    }

    /** Waits until all are answered; false if the time is up first. Called by the sender. */
    boolean awaitNone(long limitSeconds) throws InterruptedException {
        return await(0, TimeUnit.SECONDS.toNanos(limitSeconds));
    }

    private boolean await(int most, long limitNanos) throws InterruptedException {
        sender = Thread.currentThread();
        long startNanos = System.nanoTime();
        while (count.get() > most) {
            long leftNanos = limitNanos - (System.nanoTime() - startNanos);
            if (leftNanos <= 0) {
                return false;
            }
            LockSupport.parkNanos(this, leftNanos);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return true;
    }
}
