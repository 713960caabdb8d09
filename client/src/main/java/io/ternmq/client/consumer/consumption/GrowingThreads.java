package io.ternmq.client.consumer.consumption;

import io.ternmq.common.work.DrainingPool;
import java.time.Duration;

/**
 * The threads that call the listener: as many as {@code consumeThreadMin} says, one more each second while calls wait for
 * a thread up to {@code consumeThreadMax}, and one fewer each second once none waits. Owns them and their number.
 */
public final class GrowingThreads implements ListenerThreads {
    private final DrainingPool pool;
    private int least; // guarded by this, like all below
    private int most;
    private int count;

    /**
     * Starts no thread yet.
     *
     * @param name what a thread dump shows
     */
    public GrowingThreads(String name, int least, int most) {
        this.pool = new DrainingPool(name, least);
        this.least = least;
        this.most = most;
        this.count = least;
    }

    @Override
    public void execute(Runnable call) {
        pool.execute(call);
    }

    @Override
    public synchronized int count() {
        return count;
    }

    @Override
    public synchronized void setLeast(int threads) {
        least = threads;
        most = Math.max(most, threads);
        resize(threads);
    }

    @Override
    public synchronized void adjust() {
        if (pool.hasWaiting() && count < most) {
            resize(count + 1);
        } else if (!pool.hasWaiting() && count > least) {
            resize(count - 1);
        }
    }

    @Override
    public void stop() {
        pool.stop();
    }

    @Override
    public void close(Duration waitMax) {
        pool.close(waitMax);
    }

    private void resize(int threads) {
        count = threads;
        pool.resize(threads);
    }
}
