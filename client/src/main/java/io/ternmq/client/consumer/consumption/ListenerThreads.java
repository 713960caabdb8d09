package io.ternmq.client.consumer.consumption;

import java.time.Duration;

/** The threads that call the listener. Safe for use by any thread. */
public interface ListenerThreads {

    /** Makes a call soon. Dropped without a word once stopped. */
    void execute(Runnable call);

    /** How many may be in the listener at once now. */
    int count();

    /** Sets how many there are when nothing waits; the most is raised with it if need be. */
    void setLeast(int threads);

    /** One more if calls wait for a thread, one fewer if none does. Called each second. */
    void adjust();

    /** What waits is not begun any more. */
    void stop();

    /** Waits for calls that run, {@code waitMax} at most; then interrupts them. */
    void close(Duration waitMax);
}
