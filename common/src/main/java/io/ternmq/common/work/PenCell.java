package io.ternmq.common.work;

import java.util.concurrent.atomic.AtomicBoolean;

/** The shared state of a {@link Pen}, apart so that a test can part the steps that threads take on it. */
interface PenCell {

    /** There may be work. */
    void raise();

    /** The holder is about to look for work. */
    void lower();

    boolean isRaised();

    /** Takes the pen if nobody holds it. */
    boolean tryTake();

    void putDown();

    static PenCell ofAtomics() {
        return new Atomics();
    }

    /** Written by any thread; all accesses are sequentially consistent, which the argument in {@link Pen} rests on. */
    final class Atomics implements PenCell {
        private final AtomicBoolean raised = new AtomicBoolean();
        private final AtomicBoolean held = new AtomicBoolean();

        @Override
        public void raise() {
            // Raised already: the holder lowers it before it looks, so it has still to look and will see our note.
            if (!raised.get()) {
                raised.set(true);
            }
        }

        @Override
        public void lower() {
            // Not up: one that goes up meanwhile stays up, and the holder looks again for its sake.
            if (raised.get()) {
                raised.set(false);
            }
        }

        @Override
        public boolean isRaised() {
            return raised.get();
        }

        @Override
        public boolean tryTake() {
            return !held.get() && held.compareAndSet(false, true);
        }

        @Override
        public void putDown() {
            held.set(false);
        }
    }
}
