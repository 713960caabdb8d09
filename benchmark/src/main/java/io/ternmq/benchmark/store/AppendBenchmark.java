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

/** Appends of 1 KiB in bursts that stay within what is prepared, in turns through the store and by the bare loop. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 400)
@Measurement(iterations = 120)
public class AppendBenchmark {
    static final int BURST = 8192;

    /** Stored form of a burst of two threads, and room for what one of them may be ahead. */
    private static final int PREPARED_BYTES = 2 * BURST * (BenchmarkStore.BODY_BYTES + 256);

    /** What the store prepares ahead: the bare loop's pages have been ready for as long, and left the near caches. */
    private static final int WINDOW_BYTES = 64 << 20;

    /** The store, shared by the threads. */
    @State(Scope.Benchmark)
    public static class Stored {
        private BenchmarkStore store;

        /** Opens it, and appends until its window has its full size. */
        @Setup
        public void open() {
            store = new BenchmarkStore(FlushMode.ASYNC_FLUSH);
            for (int i = 0; i < 1 << 16; i++) {
                store.append(i);
            }
        }

        /** Waits until nothing else is going on. */
        @Setup(Level.Iteration)
        public void settle() {
            store.settle(PREPARED_BYTES);
        }

        @TearDown
        public void close() {
            store.close();
        }
    }

    /** The bare loop's file, one for each thread. */
    @State(Scope.Thread)
    public static class Bare {
        private BareLog log;

        @Setup
        public void open() {
            log = new BareLog();
        }

        /** Makes pages ready in place of those used in the last turn. */
        @Setup(Level.Iteration)
        public void prepare() {
            log.prepare(WINDOW_BYTES);
        }

        @TearDown
        public void close() {
            log.close();
        }
    }

    /** A burst of one of them. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public void append(Turns turns, Stored stored, Bare bare, Usage usage) {
        if (turns.isBare()) {
            usage.beginBare();
            for (int i = 0; i < BURST; i++) {
                bare.log.append();
            }
            usage.endBare(BURST);
        } else {
            usage.begin();
            for (int i = 0; i < BURST; i++) {
                usage.late += stored.store.append(i) ? 0 : 1;
            }
            usage.end(BURST);
        }
    }
}
