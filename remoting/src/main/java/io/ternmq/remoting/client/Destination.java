package io.ternmq.remoting.client;

import io.ternmq.common.time.Clock;
import io.ternmq.remoting.protocol.RemotingConnectException;
import io.ternmq.remoting.transport.Link;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One address: the connection to it, or the attempt to open one, or the pause before the next attempt. Owns that state,
 * under one lock that is held for no I/O and no callback.
 */
final class Destination {
    private static final Logger log = LoggerFactory.getLogger(Destination.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final HostPort address;
    private final Dialer dialer;
    private final Duration retryDelayMax;
    private final Clock clock;
    private final Object lock = new Object();

    // Complete with an open link, on its way, or failed; written under the lock, read by callers on the fast path.
    private volatile CompletableFuture<Link> current;
    private int failures; // attempts since the last success; guarded by lock
    private long retryAtNanos; // guarded by lock
    private boolean isClosed; // guarded by lock

    Destination(HostPort address, Dialer dialer, Duration retryDelayMax, Clock clock) {
        this.address = address;
        this.dialer = dialer;
        this.retryDelayMax = retryDelayMax;
        this.clock = clock;
        this.current = CompletableFuture.failedFuture(new RemotingConnectException("Not connected to " + address));
    }

    HostPort address() {
        return address;
    }

    /** The open connection; the attempt under way; a new attempt; or, in a pause between attempts, the last failure. */
    CompletableFuture<Link> link() {
        CompletableFuture<Link> known = current;
        if (isOpen(known)) {
            return known;
        }
        CompletableFuture<Link> begun = new CompletableFuture<>();
        synchronized (lock) {
            if (!current.isDone() || isOpen(current)) {
                return current;
            }
            if (isClosed) {
                return CompletableFuture.failedFuture(
                        new RemotingConnectException("Not connected to " + address + ": the client is closed"));
            }
            if (failures > 0 && retryAtNanos - clock.monotonicNanos() > 0) {
                return current;
            }
            current = begun;
        }
        dialer.dial(address).whenComplete((link, cause) -> ended(begun, link, cause));
        return begun;
    }

    boolean isConnected() {
        return isOpen(current);
    }

    /** Whether nothing would be lost by forgetting this destination. */
    boolean isForgettable() {
        synchronized (lock) {
            return current.isDone()
                    && !isOpen(current)
                    && (failures == 0 || retryAtNanos - clock.monotonicNanos() <= 0);
        }
    }

    /** Opens a new connection for what comes next; {@code leaving} lives until its last call is answered. */
    void leave(Link leaving) {
        synchronized (lock) {
            if (isOpen(current) && current.join() == leaving) {
                current = CompletableFuture.failedFuture(
                        new RemotingConnectException("Not connected to " + address + ": the peer asked us to leave"));
                failures = 0;
            }
        }
        leaving.closeWhenAnswered();
    }

    /** Closes the connection if there is one. The next call opens a new one. */
    void disconnect() {
        CompletionStage<Link> closing = current;
        closing.thenAccept(Link::close);
    }

    /** Closes for good. */
    void close() {
        synchronized (lock) {
            isClosed = true;
        }
        disconnect();
    }

    private void ended(CompletableFuture<Link> begun, Link link, Throwable cause) {
        if (cause == null) {
            synchronized (lock) {
                failures = 0;
            }
            log.debug("Connected. address={} link={}", address, link.id());
            begun.complete(link);
            return;
        }
        RemotingConnectException failure;
        synchronized (lock) {
            failures++;
            Duration pause = pauseAfter(failures);
            retryAtNanos = clock.monotonicNanos() + pause.toNanos();
            Throwable reason =
                    cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
            failure = new RemotingConnectException(
                    "Cannot connect to " + address + ": attempt " + failures + " failed, next one at the earliest "
                            + pause.toMillis() + " ms later: " + reason.getMessage(),
                    reason);
        }
        log.debug("Not connected. address={} cause={}", address, failure.getMessage());
        begun.completeExceptionally(failure);
    }

    // The first retry comes at once, since most often a server has just been restarted; later ones ever less often.
    private Duration pauseAfter(int failed) {
        if (failed == 1) {
            return Duration.ZERO;
        }
        int doublings = Math.min(failed - 2, 16);
        long millis = Math.min(FIRST_PAUSE.toMillis() << doublings, retryDelayMax.toMillis());
        return Duration.ofNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static boolean isOpen(CompletableFuture<Link> connection) {
        return connection.isDone()
                && !connection.isCompletedExceptionally()
                && connection.join().isOpen();
    }
}
