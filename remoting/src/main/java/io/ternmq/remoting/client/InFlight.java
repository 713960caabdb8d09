package io.ternmq.remoting.client;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts requests under way, up to a limit. Safe for use by any thread. */
final class InFlight {
    private final int max;
    private final AtomicInteger count = new AtomicInteger(); // counted up by callers, down mostly by event loops

    InFlight(int max) {
        this.max = max;
    }

    int max() {
        return max;
    }

    /** Counts one more if the limit allows. */
    boolean enter() {
        if (count.incrementAndGet() <= max) {
            return true;
        }
        leave();
        return false;
    }

    void leave() {
        count.decrementAndGet();
    }
}
