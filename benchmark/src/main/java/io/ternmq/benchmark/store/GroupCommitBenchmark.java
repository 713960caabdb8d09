package io.ternmq.benchmark.store;

import io.ternmq.broker.store.FlushMode;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/** Sends that wait for the disk, by 64 senders at once. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(64)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class GroupCommitBenchmark {

    /** The store, shared by the senders. */
    @State(Scope.Benchmark)
    public static class Stored {
        private BenchmarkStore store;

        @Setup
        public void open() {
            store = new BenchmarkStore(FlushMode.SYNC_FLUSH);
        }

        @TearDown
        public void close() {
            store.close();
        }
    }

    /** One sender. The first of them counts the forces for all. */
    @State(Scope.Thread)
    public static class Sender {
        private boolean isCounting;
        private long forcesBefore;

        @Setup(Level.Iteration)
        public void begin(Stored stored, ThreadParams thread) {
            isCounting = thread.getThreadIndex() == 0;
            forcesBefore = stored.store.forces();
        }
    }

    /** One send, until its answer. */
    @Benchmark
    public void send(Stored stored, Sender sender, Usage usage) {
        stored.store.append(0);
        usage.messages++;
        if (sender.isCounting) {
            usage.forces = stored.store.forces() - sender.forcesBefore;
        }
    }
}
