package io.ternmq.benchmark.store;

import io.ternmq.broker.store.FlushMode;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Appends of 1 KiB without pause, several times what is prepared: in turns the store, and the bare loop on fresh files. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 8)
@Measurement(iterations = 12)
public class SustainedBenchmark {
    static final int ROW = 200_000;

    /** The store. */
    @State(Scope.Benchmark)
    public static class Stored {
        private BenchmarkStore store;

        @Setup
        public void open() {
            store = new BenchmarkStore(FlushMode.ASYNC_FLUSH);
        }

        /** Waits until nothing else is going on. */
        @Setup(Level.Iteration)
        public void settle() {
            store.settle(0);
        }

        @TearDown
        public void close() {
            store.close();
        }
    }

    /**
     * The bare loop's files. They are kept until the end, as the store keeps its own: pages that a removed file has just
     * given back cost a fraction of others, and whoever comes first would have them.
     */
    @State(Scope.Thread)
    public static class Bare {
        private BareLog log;

        @Setup
        public void open() {
            log = new BareLog();
        }

        @TearDown
        public void close() {
            log.close();
        }
    }

    /** A row by one of them; the bare loop's pages come as it touches them. */
    @Benchmark
    @OperationsPerInvocation(ROW)
    public void append(Turns turns, Stored stored, Bare bare, Usage usage) {
        if (turns.isBare()) {
            usage.beginBare();
            for (int i = 0; i < ROW; i++) {
                bare.log.reserve(BenchmarkStore.RECORD_BYTES);
                bare.log.append();
            }
            usage.endBare(ROW);
        } else {
            usage.begin();
            for (int i = 0; i < ROW; i++) {
                usage.late += stored.store.append(i) ? 0 : 1;
            }
            usage.end(ROW);
        }
    }
}
