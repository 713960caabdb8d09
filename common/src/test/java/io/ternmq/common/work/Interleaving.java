package io.ternmq.common.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs several threads so that exactly one of them moves at a time, from one {@link #step()} to the next, in an order
 * drawn from a seed: the same seed gives the same run.
 */
final class Interleaving {
    private final Random random;
    private final List<Actor> actors = new ArrayList<>();
    private volatile Actor moving; // the one whose turn it is; set by it and by the one that lets it move
    private final Semaphore back = new Semaphore(0);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Interleaving(long seed) {
        random = new Random(seed);
    }

    /** One more thread; it begins with {@link #run()}. */
    void add(Runnable work) {
        Actor actor = new Actor();
        actor.thread = new DaemonThreads("actor").newThread(() -> {
            actor.turn.acquireUninterruptibly();
            try {
                work.run();
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
            }
            actor.isDone = true;
            back.release();
        });
        actors.add(actor);
    }

    /** A place where another thread may come in between. Nothing happens on a thread that is not one of these. */
    void step() {
        Actor actor = moving;
        if (actor != null && actor.thread == Thread.currentThread()) {
            back.release();
            actor.turn.acquireUninterruptibly();
        }
    }

    /** Runs all threads to their end. */
    void run() {
        actors.forEach(actor -> actor.thread.start());
        List<Actor> alive = new ArrayList<>(actors);
        while (!alive.isEmpty()) {
            Actor next = alive.get(random.nextInt(alive.size()));
            moving = next;
            next.turn.release();
            back.acquireUninterruptibly();
            if (next.isDone) {
                alive.remove(next);
            }
        }
        if (failure.get() != null) {
            throw new AssertionError("an actor failed", failure.get());
        }
    }

    private static final class Actor {
        private final Semaphore turn = new Semaphore(0);
        private Thread thread;
        private volatile boolean isDone;
    }
}
