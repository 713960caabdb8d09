package io.ternmq.benchmark.store;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Whose turn an iteration is: store and bare loop take turns in one process, so that what a ratio stands for was measured
 * within milliseconds and in the same weather.
 */
@State(Scope.Benchmark)
public class Turns {
    private boolean isBare = true;

    /** The next one's turn. */
    @Setup(Level.Iteration)
    public void next() {
        isBare = !isBare;
    }

    boolean isBare() {
        return isBare;
    }
}
