package io.ternmq.broker.route;

import io.ternmq.common.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this broker registered with one name server. Owns what that server still has to hear, under one lock that is
 * held for no I/O. One call is under way at a time, so an older state can never overtake a newer one. Safe for use by
 * any thread.
 */
final class NameServerLink {
    private static final Logger log = LoggerFactory.getLogger(NameServerLink.class);

    static final Duration RETRY_FIRST = Duration.ofSeconds(1);

    private enum Health {
        NEW,
        REGISTERED,
        FAILED
    }

    private final String address;
    private final Registration registration;
    private final Clock clock;
    private final Duration period;
    private final AddressWatch watch;
    private final CompletableFuture<Void> firstAnswer = new CompletableFuture<>();

    // All guarded by this.
    private final Set<String> changedTopics = new LinkedHashSet<>();
    private List<CompletableFuture<Void>> awaiting = new ArrayList<>(); // completed when the next call has ended
    private Health health = Health.NEW;
    private boolean isCalling;
    private boolean isWithdrawn;
    private long fullDueNanos;
    private Duration retryDelay = RETRY_FIRST;

    NameServerLink(String address, Registration registration, Clock clock, Duration period) {
        this.address = address;
        this.registration = registration;
        this.clock = clock;
        this.period = period;
        this.watch = new AddressWatch(address, () -> registration.checkAddress(address));
        this.fullDueNanos = clock.monotonicNanos();
    }

    /** Registers again if it is time to, or if the connection to a server that knew this broker is gone. */
    void tick() {
        synchronized (this) {
            if (health == Health.REGISTERED && !isCalling && !registration.isConnected(address)) {
                fullDueNanos = clock.monotonicNanos();
            }
        }
        proceed();
    }

    /** Completes, never exceptionally, when the first call has ended well or not. */
    CompletableFuture<Void> firstAnswer() {
        return firstAnswer;
    }

    /** Has everything registered anew, now. */
    CompletableFuture<Void> registerAll() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (this) {
            fullDueNanos = clock.monotonicNanos();
            awaiting.add(done);
        }
        proceed();
        return done;
    }

    /**
     * Makes a new or changed topic known.
     *
     * @return completes, never exceptionally, when the call that carries it has ended well or not; at once if the
     *     server does not answer these days
     */
    CompletableFuture<Void> announce(String topic) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (this) {
            changedTopics.add(topic);
            if (health == Health.FAILED || isWithdrawn) {
                done.complete(null); // a full registration, once it succeeds, carries the topic
            } else {
                awaiting.add(done);
            }
        }
        proceed();
        return done;
    }

    /** Takes the broker out of the name server's routes, for good. */
    CompletableFuture<Void> withdraw() {
        List<CompletableFuture<Void>> released;
        synchronized (this) {
            if (isWithdrawn) {
                return CompletableFuture.completedFuture(null);
            }
            isWithdrawn = true;
            released = takeAwaiting();
            if (health != Health.REGISTERED && !isCalling) {
                released.forEach(done -> done.complete(null));
                return CompletableFuture.completedFuture(null);
            }
        }
        released.forEach(done -> done.complete(null));
        return registration.withdraw(address).whenComplete((nothing, failure) -> {
            if (failure != null) {
                log.warn("Name server did not take the broker out. address={} reason={}", address, failure.toString());
            }
        });
    }

    private void proceed() {
        boolean isFull;
        List<String> topics;
        List<CompletableFuture<Void>> carried;
        synchronized (this) {
            isFull = fullDueNanos - clock.monotonicNanos() <= 0;
            boolean isIncrement = health == Health.REGISTERED && !changedTopics.isEmpty();
            if (isCalling || isWithdrawn || !(isFull || isIncrement)) {
                return;
            }
            isCalling = true;
            topics = List.copyOf(changedTopics);
            changedTopics.clear();
            carried = takeAwaiting();
        }
        CompletableFuture<Void> call = isFull ? registration.all(address) : registration.topics(address, topics);
        var unused = call.whenComplete((nothing, failure) -> {
            ended(isFull, failure);
            firstAnswer.complete(null);
            carried.forEach(done -> done.complete(null));
            if (isFull && failure == null) {
                watch.check();
            }
            proceed(); // what became due while the call was under way
        });
    }

    private synchronized void ended(boolean wasFull, Throwable failure) {
        isCalling = false;
        if (failure != null) {
            if (health != Health.FAILED) {
                log.warn(
                        "Name server does not know this broker; trying again. address={} retryMillis={} reason={}",
                        address,
                        retryDelay.toMillis(),
                        failure.toString());
            }
            health = Health.FAILED;
            fullDueNanos = clock.monotonicNanos() + retryDelay.toNanos();
            Duration doubled = retryDelay.multipliedBy(2);
            retryDelay = doubled.compareTo(period) < 0 ? doubled : period;
            return;
        }
        if (health != Health.REGISTERED) {
            log.info("Registered with name server. address={}", address);
            watch.registeredAnew();
        }
        health = Health.REGISTERED;
        retryDelay = RETRY_FIRST;
        if (wasFull) {
            fullDueNanos = clock.monotonicNanos() + period.toNanos();
        }
    }

    private List<CompletableFuture<Void>> takeAwaiting() {
        List<CompletableFuture<Void>> taken = awaiting;
        awaiting = new ArrayList<>();
        return taken;
    }
}
