package io.ternmq.common.work;

import io.ternmq.common.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the thread that brings work also do it: a try-lock around a {@link PennedWorker}. Owns the right to step it.
 *
 * <p>A ring raises a flag, then tries to take the pen. The holder lowers the flag, works, puts the pen down and looks at
 * the flag again. So a ring that finds the pen taken is not lost: its flag went up before the holder put the pen down,
 * and the holder looks after that. What a turn leaves undone goes to the worker's spare thread, and so does everything
 * for a while after a slow turn, so that callers do not share stalls of the disk. What the worker hands out as its
 * aftermath runs after the pen is down, on the same thread; a ring from within it does not nest. One who finds the pen
 * free may hand its note over in person and spares it the way through a place where others find it. Of such turns that
 * follow each other fast the first slow one is not counted.
 */
public final class Pen {
    private static final Logger log = LoggerFactory.getLogger(Pen.class);

    /**
     * A turn over this long sends callers to the spare thread. Longer than what a collection of garbage or a full machine
     * takes a thread away for, which is no reason: then every caller wakes the spare thread, on a machine that is full.
     */
    static final long SLOW_TURN_NANOS = Duration.ofMillis(25).toNanos();

    /** Turns must have been fast for this long before callers work in place again. */
    static final long SLOW_REST_NANOS = Duration.ofSeconds(1).toNanos();

    /** What one ring may hold its caller for, over all its turns. */
    static final long CALLER_NANOS_MAX = Duration.ofMillis(1).toNanos();

    private final PennedWorker worker;
    private final Clock clock;
    private final Runnable ringSpareThread;
    private final PenCell cell;
    private final ThreadLocal<boolean[]> stepping = ThreadLocal.withInitial(() -> new boolean[1]);

    private volatile boolean isSlow; // written by the holder, read by whoever rings

    // The holder's.
    private long lastSlowNanos;
    private long lastBeganNanos; // of those in person
    private long timedFromNanos; // the last gap before one in person

    /**
     * @param ringSpareThread makes some thread call {@link #stepOnSpareThread} soon; called with the pen down
     */
    public Pen(PennedWorker worker, Clock clock, Runnable ringSpareThread) {
        this(worker, clock, ringSpareThread, PenCell.ofAtomics());
    }

    Pen(PennedWorker worker, Clock clock, Runnable ringSpareThread, PenCell cell) {
        this.worker = worker;
        this.clock = clock;
        this.ringSpareThread = ringSpareThread;
        this.cell = cell;
        this.lastBeganNanos = clock.monotonicNanos();
        this.timedFromNanos = lastBeganNanos;
    }

    /** There may be work. Does it now on this thread, unless another thread is at it, which will then see it. */
    public void ring() {
        cell.raise();
        if (isSlow) {
            ringSpareThread.run();
            return;
        }
        boolean[] isStepping = stepping.get();
        if (isStepping[0]) {
            return; // from an aftermath: the loop below it on this thread's stack looks again
        }
        isStepping[0] = true;
        try {
            stepUntilQuiet();
        } finally {
            isStepping[0] = false;
        }
    }

    /**
     * Hands a note over instead of leaving it and ringing, and has it worked off on this thread, if nobody else is at it
     * and callers may work. Costs the turn alone.
     *
     * @param handOver gives the worker the note just before the turn, with the pen in hand; whether it has taken it
     * @return whether it was taken; if not, the note is still the caller's, who may leave it and ring
     */
    public <T> boolean ringInPerson(T note, Predicate<T> handOver) {
        boolean[] isStepping = stepping.get();
        if (isSlow || isStepping[0] || !cell.tryTake()) {
            return false;
        }
        isStepping[0] = true;
        try {
            boolean isTaken = turnInPerson(note, handOver);
            if (cell.isRaised()) {
                stepUntilQuiet(); // for those who found the pen taken
            }
            return isTaken;
        } finally {
            isStepping[0] = false;
        }
    }

    /** There may be work, but not for this thread, which is about something else: the spare thread does it. */
    public void ringAside() {
        cell.raise();
        ringSpareThread.run();
    }

    /**
     * One turn on the worker's own spare thread, if somebody has rung and nobody else is at it.
     *
     * @param isDue whether there is work although nobody rang: a time has come
     * @return whether there was anything to do
     */
    public boolean stepOnSpareThread(boolean isDue) {
        if (isDue) {
            cell.raise();
        }
        if (!cell.isRaised() || !cell.tryTake()) {
            return false;
        }
        boolean[] isStepping = stepping.get();
        isStepping[0] = true;
        try {
            turn(clock.monotonicNanos());
        } finally {
            isStepping[0] = false;
        }
        return true;
    }

    /** Whether somebody rang whom no turn has heard yet. Any thread. */
    public boolean isRaised() {
        return cell.isRaised();
    }

    private void stepUntilQuiet() {
        long began = clock.monotonicNanos();
        long ended = began;
        while (cell.isRaised() && cell.tryTake()) {
            ended = turn(ended); // reading the clock costs as much as a good part of a turn
            if (cell.isRaised() && (isSlow || ended - began >= CALLER_NANOS_MAX)) {
                ringSpareThread.run();
                return;
            }
        }
    }

    private <T> boolean turnInPerson(T note, Predicate<T> handOver) {
        boolean isTaken;
        Runnable aftermath = PennedWorker.NOTHING;
        try {
            isTaken = handOver.test(note);
            if (isTaken) {
                long began = clock.monotonicNanos();
                cell.lower();
                aftermath = doWork(began);
                if (isToBeTimed(began)) {
                    noteDuration(began, clock.monotonicNanos());
                }
            }
        } finally {
            cell.putDown();
        }
        aftermath.run();
        return isTaken;
    }

    // Returns when the work was done.
    private long turn(long began) {
        long ended;
        Runnable aftermath;
        try {
            cell.lower();
            aftermath = doWork(began);
            ended = clock.monotonicNanos();
            noteDuration(began, ended);
        } finally {
            cell.putDown();
        }
        aftermath.run();
        return ended;
    }

    private Runnable doWork(long began) {
        try {
            worker.beginTurn(began);
            worker.doWork();
            if (worker.isWorkLeft()) {
                cell.raise();
            }
        } catch (Throwable e) { // the top of a worker: a bug ends it, never the thread that happened to bring the work
            log.error("Worker failed. worker={}", worker, e);
            worker.failed(e);
        }
        return worker.takeAftermath();
    }

    // Reading the clock costs a good part of a turn. While turns begin shortly after each other none was slow.
    // A gap was a rest or a slow turn: what follows is timed for a second, so the next slow one in it counts.
    private boolean isToBeTimed(long began) {
        if (began - lastBeganNanos > SLOW_TURN_NANOS) {
            timedFromNanos = began;
        }
        lastBeganNanos = began;
        return began - timedFromNanos <= SLOW_REST_NANOS;
    }

    private void noteDuration(long began, long ended) {
        if (ended - began > SLOW_TURN_NANOS) {
            lastSlowNanos = ended;
            isSlow = true;
        } else if (isSlow && ended - lastSlowNanos > SLOW_REST_NANOS) {
            isSlow = false;
        }
    }
}
