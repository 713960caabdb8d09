package io.ternmq.common.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SeedsTest {
    private final List<Long> seen = new ArrayList<>();

    @Seeds(count = 3, cases = 42)
    void eachRunIsNamedAfterItsSeed(long seed, Random random, TestInfo info) {
        seen.add(seed);

        assertThat(info.getDisplayName()).isEqualTo("seed " + seed);
        assertThat(random.nextLong()).isEqualTo(new Random(seed).nextLong());
    }

    @AfterAll
    void allSeedsWereUsed() {
        if (System.getProperty("ternmq.seed") == null) {
            assertThat(seen).hasSize(4).startsWith(42L).doesNotHaveDuplicates();
        }
    }
}
