package io.ternmq.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class GcTimeTest {
    private static final long NO_SUCH_PROCESS = 1L << 40;
    private static final int COLLECTIONS = 20;

    private static long beansMicros() {
        return TimeUnit.MILLISECONDS.toMicros(ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum());
    }

    @Test
    void collectionsOfThisProcessAreCountedAsItsBeansCountThem() {
        long pid = ProcessHandle.current().pid();
        long before = GcTime.micros(pid).orElseThrow();
        long beansBefore = beansMicros();

        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }

        long counted = GcTime.micros(pid).orElseThrow() - before;
        long beansCounted = beansMicros() - beansBefore;
        assertThat(counted).isPositive();
        assertThat(counted).isCloseTo(beansCounted, Offset.offset(Math.max(20_000, beansCounted / 4)));
    }

    @Test
    void processThatIsNotThereHasNone() {
        assertThat(GcTime.micros(NO_SUCH_PROCESS)).isEmpty();
    }
}
