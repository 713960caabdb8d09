package io.ternmq.common.work;

/** A worker together with what steps it: rests while there is nothing to do, until it is rung. Any thread rings. */
public interface RungWorker extends AutoCloseable {

    RungWorker start();

    /** There may be work: the worker is stepped soon. Costs next to nothing while it is being stepped. */
    void ring();

    /**
     * Ends after the step it is in, work left or not, and waits for that a bounded time. Afterwards the caller may step
     * the worker itself.
     *
     * @throws IllegalStateException if it is still being stepped after that time
     */
    @Override
    void close();
}
