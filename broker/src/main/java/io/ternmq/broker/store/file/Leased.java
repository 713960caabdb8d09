package io.ternmq.broker.store.file;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Something that is given back when its last user is done: mapped memory, an open file. Its owner holds the first lease;
 * once that is released no new lease is given. Counted by any thread.
 */
public abstract class Leased {
    private final AtomicInteger leases = new AtomicInteger(1); // changed by whoever leases or releases

    /** Takes a lease. False if it is being given back; then nothing of it may be touched. */
    public final boolean tryLease() {
        int count = leases.get();
        while (count > 0) {
            if (leases.compareAndSet(count, count + 1)) {
                return true;
            }
            count = leases.get();
        }
        return false;
    }

    /** Ends a lease; the last one gives the thing back. */
    public final void release() {
        int left = leases.decrementAndGet();
        if (left == 0) {
            dispose();
        } else if (left < 0) {
            throw new IllegalStateException(this + " was released once too often");
        }
    }

    /** Gives it back. Called exactly once, when nobody uses it any more. */
    protected abstract void dispose();
}
