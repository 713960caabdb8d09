package io.ternmq.common.work;

/**
 * A worker without a thread of its own: whoever rings its {@link Pen} steps it, one at a time. All methods are called
 * by the holder of the pen.
 */
public interface PennedWorker extends Worker {

    /** Does nothing. */
    Runnable NOTHING = () -> {};

    /** Before {@link #doWork()}: the turn begins at this time of the monotonic clock, which thus need not be asked again. */
    void beginTurn(long nowNanos);

    /** After {@link #doWork()}: whether work is left that can be done now, because the turn reached its limit. */
    boolean isWorkLeft();

    /**
     * After {@link #doWork()}: what is to be run once the pen is down, such as answers; {@link #NOTHING} if there is
     * none. Never handed out twice.
     */
    Runnable takeAftermath();

    /** {@link #doWork()} threw: a broken invariant. From now on it only answers and refuses. Must not throw. */
    void failed(Throwable cause);
}
