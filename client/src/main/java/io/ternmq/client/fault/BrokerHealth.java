package io.ternmq.client.fault;

import io.ternmq.common.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How one broker fares. Owns until when it is held off, and why. Told by whoever sends to it, at the begin and at the end
 * of each attempt; safe for use by any thread. Times are monotonic.
 *
 * <p>Three things hold a broker off: an answer that took long or refused (for the time of its class), no answer (until the
 * detector reaches it, or the time is over), and silence: calls are under way and nothing has come back for half a
 * second. Silence ends with the next answer and needs no timer; it keeps others away while the first to meet a stopped
 * broker still wait for their answers.
 */
public final class BrokerHealth {
    /** Answers closer to each other than this are one: silence is hundreds of times as long. */
    private static final long QUIET_STEP_NANOS = Duration.ofMillis(1).toNanos();

    private final HoldOffs holdOffs;
    private final Clock clock;
    private final AtomicInteger underWay = new AtomicInteger();

    // Written by any thread that learns, read by any that chooses. Two that learn at once may lose one of two late
    // times
    // of which both are right.
    private volatile long quietSinceNanos; // counts while something is under way
    private volatile long slowUntilNanos;
    private volatile long awayUntilNanos;
    private volatile boolean isAway;

    BrokerHealth(HoldOffs holdOffs, Clock clock) {
        this.holdOffs = holdOffs;
        this.clock = clock;
        this.slowUntilNanos = clock.monotonicNanos();
    }

    /** An attempt that will be answered begins. Must be followed by one of the three below. */
    public void began(long nowNanos) {
        if (underWay.getAndIncrement() == 0) {
            quietSinceNanos = nowNanos;
        }
    }

    /** The broker answered after so many nanoseconds. */
    public void answered(long latencyNanos, long nowNanos) {
        ended(nowNanos);
        if (isAway) { // looked at first: to write what others read, with each answer, would cost them too
            isAway = false;
        }
        long holdOff = holdOffs.after(latencyNanos);
        if (holdOff > 0) {
            holdOff(holdOff);
        }
    }

    /** The broker answered that it cannot take messages now. */
    public void refused() {
        ended(clock.monotonicNanos());
        isAway = false;
        holdOff(HoldOffs.REFUSING.toNanos());
    }

    /** The broker could not be reached, or did not answer in time. */
    public void failed() {
        underWay.decrementAndGet();
        isUnreachable();
    }

    /** Nothing is known of how the attempt ended, only that it took so many nanoseconds so far. */
    public void abandoned(long latencyNanos) {
        underWay.decrementAndGet();
        long holdOff = holdOffs.after(latencyNanos);
        if (holdOff > 0) {
            holdOff(holdOff);
        }
    }

    /** As {@link #failed}, of an attempt that was not announced. */
    public void isUnreachable() {
        awayUntilNanos = clock.monotonicNanos() + HoldOffs.UNREACHABLE.toNanos();
        isAway = true;
    }

    /** The broker was reached by other means than a send. */
    void isReached() {
        isAway = false;
    }

    /** Whether the broker was not reached last time and is held off for it. */
    boolean isAway() {
        return isAway;
    }

    /** Whether messages had better go elsewhere. */
    boolean isHeldOff() {
        long now = clock.monotonicNanos();
        return slowUntilNanos - now > 0 || (isAway && awayUntilNanos - now > 0) || isSilent(now);
    }

    /** How bad it would be to send there now, for a choice among those held off: less is better. */
    Duration badness() {
        long now = clock.monotonicNanos();
        Duration held = Duration.ofNanos(Math.max(0, slowUntilNanos - now));
        // One that does not answer at all is worse than the slowest that does.
        Duration away = isAway || isSilent(now)
                ? Duration.ofDays(1).plusNanos(Math.max(0, awayUntilNanos - now))
                : Duration.ZERO;
        return held.plus(away);
    }

    private boolean isSilent(long now) {
        return underWay.get() > 0 && now - quietSinceNanos > HoldOffs.SILENCE.toNanos();
    }

    private void ended(long nowNanos) {
        underWay.decrementAndGet();
        if (nowNanos - quietSinceNanos >= QUIET_STEP_NANOS) {
            quietSinceNanos = nowNanos;
        }
    }

    private void holdOff(long nanos) {
        long until = clock.monotonicNanos() + nanos;
        if (until - slowUntilNanos > 0) {
            slowUntilNanos = until;
        }
    }
}
