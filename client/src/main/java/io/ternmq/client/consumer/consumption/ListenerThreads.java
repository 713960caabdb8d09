package io.ternmq.client.consumer.consumption;

import io.ternmq.common.work.DrainingPool;
import java.time.Duration;

/**
 * The threads that call the listener: as many as {@code consumeThreadMin} says, one more each second while calls wait for
 * a thread up to {@code consumeThreadMax}, and one fewer each second once none waits. Owns them and their number.
 */
public final class ListenerThreads {
    private final DrainingPool pool;
    private int least; // guarded by this, like all below
    private int most;
    private int count;

    ListenerThreads(String name, int least, int most) {
        this.pool = new DrainingPool(name, least);
        this.least = least;
        this.most = most;
        this.count = least;
    }

    void execute(Runnable call) {
        pool.execute(call);
    }

    /** How many may be in the listener at once now. */
    public synchronized int count() {
        return count;
    }

    /** Sets how many there are when nothing waits; the most is raised with it if need be. */
    public synchronized void setLeast(int threads) {
        least = threads;
        most = Math.max(most, threads);
        resize(threads);
    }

    /** One more if calls wait for a thread, one fewer if none does. Called each second. */
    public synchronized void adjust() {
        if (pool.hasWaiting() && count < most) {
            resize(count + 1);
        } else if (!pool.hasWaiting() && count > least) {
            resize(count - 1);
        }
    }

    void stop() {
        pool.stop();
    }

    void close(Duration waitMax) {
        pool.close(waitMax);
    }

    private void resize(int threads) {
        count = threads;
        pool.resize(threads);
    }
}
