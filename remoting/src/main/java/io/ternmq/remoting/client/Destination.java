package io.ternmq.remoting.client;

import io.ternmq.common.time.Clock;
import io.ternmq.remoting.protocol.RemotingConnectException;
import io.ternmq.remoting.transport.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One address: the connection to it, or the attempt to open one, or the pause before the next attempt. Owns that state and
 * those who wait for the attempt, under one lock that is held for no I/O and no callback.
 */
final class Destination {
    private static final Logger log = LoggerFactory.getLogger(Destination.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final int DOUBLINGS_MAX = 16;

    /** One who wants to send something. Told once, on any thread. */
    interface Waiter {

        void connected(Link link);

        void failed(RemotingConnectException cause);
    }

    private final HostPort address;
    private final Dialer dialer;
    private final Duration retryDelayMax;
    private final Clock clock;
    private final Object lock = new Object();

    // Changed under the lock, read by callers without it.
    private volatile Optional<Link> link = Optional.empty();
    private List<Waiter> waiters = new ArrayList<>(); // guarded by lock
    private boolean isDialing; // guarded by lock
    private Optional<RemotingConnectException> lastFailure = Optional.empty(); // guarded by lock
    private int failures; // attempts since the last success; guarded by lock
    private long retryAtNanos; // guarded by lock
    private boolean isClosed; // guarded by lock

    Destination(HostPort address, Dialer dialer, Duration retryDelayMax, Clock clock) {
        this.address = address;
        this.dialer = dialer;
        this.retryDelayMax = retryDelayMax;
        this.clock = clock;
    }

    HostPort address() {
        return address;
    }

    /**
     * Tells {@code waiter} the open connection, opening one if there is none; in a pause between attempts, the last
     * failure. Those who wait for the same attempt are told in the order in which they came.
     *
     * @return whether it has been told already
     */
    boolean connect(Waiter waiter) {
        Optional<Link> known = link;
        if (isOpen(known)) {
            waiter.connected(known.get());
            return true;
        }
        Optional<RemotingConnectException> refusal = Optional.empty();
        synchronized (lock) {
            known = link; // another caller may have connected before we got the lock
            if (!isOpen(known)) {
                refusal = refusal();
                if (refusal.isEmpty()) {
                    waiters.add(waiter);
                    if (isDialing) {
                        return false;
                    }
                    isDialing = true;
                }
            }
        }
        if (isOpen(known)) {
            waiter.connected(known.get());
            return true;
        }
        if (refusal.isPresent()) {
            waiter.failed(refusal.get());
            return true;
        }
        dialer.dial(address).whenComplete(this::dialed);
        return false;
    }

    boolean isConnected() {
        return isOpen(link);
    }

    /** Whether nothing would be lost by forgetting this destination. */
    boolean isForgettable() {
        synchronized (lock) {
            return !isDialing && !isOpen(link) && !isPausing();
        }
    }

    /** Opens a new connection for what comes next; {@code leaving} lives until its last call is answered. */
    void leave(Link leaving) {
        synchronized (lock) {
            if (link.equals(Optional.of(leaving))) {
                link = Optional.empty();
            }
        }
        leaving.closeWhenAnswered();
    }

    /** Closes the connection if there is one. The next call opens a new one. */
    void disconnect() {
        link.ifPresent(Link::close);
    }

    /** Closes for good. Those who wait are told so. */
    void close() {
        List<Waiter> told;
        synchronized (lock) {
            isClosed = true;
            told = takeWaiters();
        }
        told.forEach(waiter -> waiter.failed(closedFailure()));
        disconnect();
    }

    // Called under the lock.
    private Optional<RemotingConnectException> refusal() {
        if (isClosed) {
            return Optional.of(closedFailure());
        }
        return isPausing() ? lastFailure : Optional.empty();
    }

    // Called under the lock.
    private boolean isPausing() {
        return failures > 0 && retryAtNanos - clock.monotonicNanos() > 0;
    }

    private void dialed(Link opened, Throwable cause) {
        if (cause == null) {
            succeeded(opened);
        } else {
            failed(cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause);
        }
    }

    // Runs on the new link's event loop, so whoever comes later than those who wait is also served later.
    private void succeeded(Link opened) {
        List<Waiter> told;
        boolean isUnwanted;
        synchronized (lock) {
            isDialing = false;
            failures = 0;
            isUnwanted = isClosed;
            link = Optional.of(opened);
            told = takeWaiters();
        }
        log.debug("Connected. address={} link={}", address, opened.id());
        if (isUnwanted) {
            opened.close();
        }
        told.forEach(waiter -> waiter.connected(opened));
    }

    private void failed(Throwable reason) {
        List<Waiter> told;
        RemotingConnectException failure;
        synchronized (lock) {
            isDialing = false;
            failures++;
            Duration pause = pauseAfter(failures);
            retryAtNanos = clock.monotonicNanos() + pause.toNanos();
            failure = new RemotingConnectException(
                    "Cannot connect to " + address + ": attempt " + failures + " failed, next one at the earliest "
                            + pause.toMillis() + " ms later: " + reason.getMessage(),
                    reason);
            lastFailure = Optional.of(failure);
            told = takeWaiters();
        }
        log.debug("Not connected. address={} cause={}", address, failure.getMessage());
        told.forEach(waiter -> waiter.failed(failure));
    }

    // Called under the lock.
    private List<Waiter> takeWaiters() {
        List<Waiter> taken = waiters;
        waiters = new ArrayList<>();
        return taken;
    }

    private RemotingConnectException closedFailure() {
        return new RemotingConnectException("Not connected to " + address + ": the client is closed");
    }

    // The first retry comes at once, since most often a server has just been restarted; later ones ever less often.
    private Duration pauseAfter(int failed) {
        if (failed == 1) {
            return Duration.ZERO;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failed - 2, DOUBLINGS_MAX));
        return pause.compareTo(retryDelayMax) < 0 ? pause : retryDelayMax;
    }

    private static boolean isOpen(Optional<Link> connection) {
        return connection.isPresent() && connection.get().isOpen();
    }
}
