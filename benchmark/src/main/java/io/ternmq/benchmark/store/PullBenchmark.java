package io.ternmq.benchmark.store;

import io.ternmq.broker.store.FlushMode;
import io.ternmq.broker.store.ReadResult;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Reads of 32 messages of 1 KiB that were written last. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class PullBenchmark {
    private static final int MESSAGES = 16_384;
    private static final int BATCH = 32;
    private static final int PULLS = 64;

    private BenchmarkStore store;
    private long offset;
    private long end;

    /** Opens and fills the store. */
    @Setup
    public void fill() {
        store = new BenchmarkStore(FlushMode.ASYNC_FLUSH);
        for (int i = 0; i < MESSAGES; i++) {
            store.append(i);
        }
        store.settle(0);
        ReadResult result = store.pull(0);
        end = result.maxOffset();
        if (result.records().size() != BATCH || !result.records().stream().allMatch(ByteBuffer::isDirect)) {
            throw new IllegalStateException("expected " + BATCH + " views of mapped memory, got " + result);
        }
        result.release();
    }

    /** Pulls, as requests make them. */
    @Benchmark
    @OperationsPerInvocation(PULLS)
    public long pull(Usage usage) {
        usage.begin();
        for (int i = 0; i < PULLS; i++) {
            ReadResult result = store.pull(offset);
            offset = result.nextOffset() + BATCH <= end ? result.nextOffset() : 0;
            result.release();
        }
        usage.end(PULLS * BATCH);
        return offset;
    }

    @TearDown
    public void close() {
        store.close();
    }
}
