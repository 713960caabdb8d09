package io.ternmq.broker.delay;

import io.ternmq.broker.store.AppendOutcome.Refused;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.Worker;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long the delivery rests after the store refused a message, which is then tried again. One thread. */
final class Backoff {
    private static final Logger log = LoggerFactory.getLogger(Backoff.class);

    static final Duration FIRST = Duration.ofMillis(10);
    static final Duration MAX = Duration.ofSeconds(1);

    private final Clock clock;
    private Duration next = FIRST;
    private boolean isResting;
    private long untilNanos; // while resting
    private boolean isOver; // the store takes nothing any more
    private String reason = "";

    Backoff(Clock clock) {
        this.clock = clock;
    }

    boolean isResting() {
        return isOver || (isResting && clock.monotonicNanos() - untilNanos < 0);
    }

    /** When to try again; {@link Worker#NEVER} if the store takes nothing until it is opened again. */
    long untilNanos() {
        return isOver ? Worker.NEVER : untilNanos;
    }

    void refused(Refused refused) {
        switch (refused.reason()) {
            case BUSY -> rest(next);
            case DISK_FULL, NOT_WRITABLE, TOO_LARGE -> rest(MAX);
            case WRITER_FAILED, CLOSING -> isOver = true;
        }
        note(refused.reason().name(), refused.detail());
    }

    void failed(RuntimeException cause) {
        rest(MAX);
        note("FAILED", cause.getMessage());
    }

    void passed() {
        if (isResting) {
            log.info("Messages of delay levels are delivered again. reason={}", reason);
        }
        isResting = false;
        next = FIRST;
        reason = "";
    }

    private void rest(Duration pause) {
        isResting = true;
        untilNanos = clock.monotonicNanos() + pause.toNanos();
        next = pause.multipliedBy(2).compareTo(MAX) < 0 ? pause.multipliedBy(2) : MAX;
    }

    private void note(String why, String detail) {
        if (!reason.equals(why)) {
            log.warn("Messages of delay levels are due and wait. reason={} detail={}", why, detail);
        }
        reason = why;
    }
}
