package io.ternmq.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessUsageTest {
    private static final long BUSY_MICROS = 50_000;
    private static final int LOOKS = 200;
    private static final long NO_SUCH_PROCESS = 1L << 40;

    @Test
    void workOfThisProcessIsCounted() {
        long pid = ProcessHandle.current().pid();
        ProcessUsage before = ProcessUsage.of(pid);

        ProcessUsage after = before;
        while (after.cpuMicros() < before.cpuMicros() + BUSY_MICROS) {
            after = ProcessUsage.of(pid); // Reading is work enough.
        }

        assertThat(after.switchesSince(before)).isNotNegative();
        assertThat(after.switchesByThread()).isNotEmpty();
        assertThat(after.rssKib()).isGreaterThan(after.anonKib());
        assertThat(after.anonKib()).isPositive();
    }

    @Test
    void threadsThatEndMeanwhileDoNoHarm() throws InterruptedException {
        long pid = ProcessHandle.current().pid();
        AtomicBoolean enough = new AtomicBoolean();
        Thread maker = new Thread(() -> {
            while (!enough.get()) {
                new Thread(() -> {}).start();
            }
        });
        maker.start();

        for (int i = 0; i < LOOKS; i++) {
            assertThat(ProcessUsage.of(pid).switchesByThread()).isNotEmpty();
        }

        enough.set(true);
        maker.join();
    }

    @Test
    void processThatIsNotThereIsReported() {
        assertThatThrownBy(() -> ProcessUsage.of(NO_SUCH_PROCESS))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(NoSuchFileException.class);
    }
}
