package io.ternmq.common.work;

/**
 * A piece of state and the only code that may change it. A worker is stepped by one thread at a time: in a server by
 * its {@code WorkerThread} or by whoever holds its pen, in a test by the test itself.
 */
public interface Worker {

    /** Returned by {@link #nextDueNanos()} when only a ring can bring new work. */
    long NEVER = Long.MAX_VALUE;

    /**
     * Does the work that is there, bounded, without waiting for more.
     *
     * @return how many pieces of work were done; 0 lets the thread rest
     */
    int doWork();

    /**
     * Monotonic time at which this worker wants to be stepped again although nobody rang, for deadlines it holds;
     * {@link #NEVER} if there is none. Called by the stepping thread after {@link #doWork()} returned 0.
     */
    default long nextDueNanos() {
        return NEVER;
    }

    /**
     * How long a thread that has just done work looks again by itself before it rests until a ring: while it does, a
     * ring costs next to nothing, at the price that what it announces may wait as long. 0: it rests at once. For workers
     * that are rung for each of many small pieces of work.
     */
    default long lingerNanos() {
        return 0;
    }
}
