package io.ternmq.remoting.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How a request ends: once, and no longer counted as under way by the time its caller hears of it. Safe for use by any
 * thread.
 *
 * @param <T> what the caller hears
 */
final class Outcome<T> {
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private final AtomicBoolean hasEnded = new AtomicBoolean();
    private final InFlight inFlight;

    /** @param inFlight what counts the request already */
    Outcome(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    CompletableFuture<T> future() {
        return future;
    }

    boolean hasEnded() {
        return hasEnded.get();
    }

    void succeed(T value) {
        if (end()) {
            future.complete(value);
        }
    }

    void fail(Throwable cause) {
        if (end()) {
            future.completeExceptionally(cause);
        }
    }

    private boolean end() {
        if (!hasEnded.compareAndSet(false, true)) {
            return false;
        }
        inFlight.leave();
        return true;
    }
}
