package io.ternmq.remoting.server;

import java.util.concurrent.Executor;

/**
 * Which threads may run a processor.
 *
 * @param name for logs
 * @param executor runs the work; refuses it with {@link java.util.concurrent.RejectedExecutionException} when full,
 *     which the router turns into SYSTEM_BUSY
 */
public record Lane(String name, Executor executor) {
    private static final Lane IN_PLACE = new Lane("in-place", Runnable::run);

    /** The event loop that read the request; for work that never waits. */
    public static Lane inPlace() {
        return IN_PLACE;
    }

    boolean isInPlace() {
        return executor == IN_PLACE.executor;
    }
}
