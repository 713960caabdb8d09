package io.ternmq.benchmark.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.benchmark.profile.StackTree.Sum;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerSamplesTest {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int ROUND = 2_000;

    @TempDir
    Path directory;

    private static boolean holds(StackTree tree, String name) {
        List<Sum> all = tree.largest(Integer.MAX_VALUE);
        return all.stream().anyMatch(sum -> sum.name().contains(name) && sum.total() > 0);
    }

    /** What the recording is to show: it allocates, and takes time. */
    private static int busyWork(int rounds) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rounds; i++) {
            text.append(i).append(new StringBuilder().append(i * 31L).reverse());
        }
        return text.length();
    }

    @Test
    void busyMethodIsSeenInTimeAndInAllocationBelowItsThread() throws IOException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        BrokerSamples samples = new BrokerSamples();
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
            recording.enable("jdk.NativeMethodSample").withPeriod(Duration.ofMillis(10));
            recording.enable("jdk.ObjectAllocationSample").withStackTrace();
            recording.start();
            Path file = directory.resolve("own.jfr");
            while (!(holds(samples.cpu(), "BrokerSamplesTest.busyWork")
                    && holds(samples.allocation(), "BrokerSamplesTest.busyWork"))) {
                assertThat(System.nanoTime() - deadline)
                        .as("nanoseconds after the limit")
                        .isNegative();
                int length = 0;
                for (int i = 0; i < ROUND; i++) {
                    length += busyWork(i);
                }
                assertThat(length).isPositive();
                recording.dump(file);
                samples = BrokerSamples.read(file);
            }
        }

        String thread = FrameNames.thread(Thread.currentThread().getName());
        assertThat(samples.cpu().root().children())
                .extracting(StackTree.Node::name)
                .contains(thread);
        assertThat(samples.allocation().largest(Integer.MAX_VALUE))
                .anyMatch(sum -> sum.name().startsWith("byte[] in "));
    }
}
