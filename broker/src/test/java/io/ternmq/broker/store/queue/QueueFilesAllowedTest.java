package io.ternmq.broker.store.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

final class QueueFilesAllowedTest {
    @Test
    void whatIsSetStands() {
        QueueFilesAllowed allowed = new QueueFilesAllowed(20, () -> 1_000_000);

        assertThat(allowed.isTooMany(20)).isFalse();
        assertThat(allowed.isTooMany(21)).isTrue();
    }

    @Test
    void otherwiseItIsHalfOfWhatTheProcessMayOpen() {
        assertThat(leastTooMany(() -> 6_000)).isEqualTo(3_001);
    }

    @Test
    void aFewMayBeOpenAnywhereAndNeverMoreThanMany() {
        assertThat(leastTooMany(() -> 1_024)).isEqualTo(QueueFilesAllowed.FEW + 1);
        assertThat(leastTooMany(() -> 0)).isEqualTo(QueueFilesAllowed.FEW + 1);
        assertThat(leastTooMany(() -> Long.MAX_VALUE)).isEqualTo(QueueFilesAllowed.MANY + 1);
    }

    @Test
    void theProcessIsNotAskedBeforeItMatters() {
        QueueFilesAllowed allowed = new QueueFilesAllowed(0, () -> {
            throw new AssertionError("asked");
        });

        assertThat(allowed.isTooMany(QueueFilesAllowed.FEW)).isFalse();
    }

    private static int leastTooMany(LongSupplier processMax) {
        QueueFilesAllowed allowed = new QueueFilesAllowed(0, processMax);
        int open = 1;
        while (!allowed.isTooMany(open)) {
            open++;
        }
        return open;
    }
}
