package io.ternmq.broker.repeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
    private static final long SEED = 20261127;

    @Test
    void whatFollowsEachOtherLiesInNeighbouringPlacesRunByRun() {
        Random random = new Random(SEED);
        for (int round = 0; round < 100; round++) {
            long owner = random.nextLong();
            long first = random.nextLong() >>> 8;
            int jumps = 0;
            for (long number = first; number < first + Spread.RUN; number++) {
                jumps += Spread.ofNumbered(owner, number + 1) == Spread.ofNumbered(owner, number) + 1 ? 0 : 1;
            }
            assertThat(jumps).isLessThanOrEqualTo(1); // where one run ends and the next begins
        }
    }

    @Test
    void ownersThatHaveJustBegunFillAllBucketsAlike() {
        Random random = new Random(SEED);
        int buckets = 1 << 18;
        int[] perBucket = new int[buckets];
        for (int owner = 0; owner < buckets / 4; owner++) {
            long id = random.nextLong();
            for (int number = 0; number < 4; number++) {
                perBucket[Spread.ofNumbered(id, number) & buckets - 1]++;
            }
        }

        assertThat(Arrays.stream(perBucket).max().orElseThrow()).isLessThan(20);
    }

    @Test
    void manyOwnersFillAllBucketsAlike() {
        Random random = new Random(SEED);
        int buckets = 1 << 18;
        int owners = 256;
        int[] perBucket = new int[buckets];
        for (int owner = 0; owner < owners; owner++) {
            long id = random.nextLong();
            long first = random.nextInt(1_000_000);
            for (int index = 0; index < buckets / owners; index++) {
                perBucket[Spread.ofNumbered(id, first + index) & buckets - 1]++;
            }
        }

        // By chance a bucket has one, a third of them none, and one of 2^18 about eight at most.
        assertThat(Arrays.stream(perBucket).max().orElseThrow()).isLessThan(16);
        assertThat(Arrays.stream(perBucket).filter(count -> count == 0).count()).isBetween(buckets / 5L, buckets / 2L);
    }

    @Test
    void oneOwnersManyNumbersHaveAsManyPlaces() {
        int numbers = 250_000;
        long places = IntStream.range(0, numbers)
                .map(number -> Spread.ofNumbered(SEED, number))
                .distinct()
                .count();

        assertThat(places).isGreaterThan(numbers - 2L * Spread.RUN);
    }
}
