package io.ternmq.common.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ternmq.common.time.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UniqueIdsTest {
    private final FakeClock clock =
            new FakeClock(Instant.parse("2023-11-01T00:00:01Z").toEpochMilli());

    @Test
    void idIsAddressProcessNumberTimeOfMonthAndCounterInHex() {
        UniqueIds ids = new UniqueIds(new byte[] {127, 0, 0, 1}, 1234, 0x18B4AAC2, clock, ZoneOffset.UTC);

        assertThat(ids.next()).isEqualTo("7F00000104D218B4AAC2000003E80000");
        assertThat(ids.next()).isEqualTo("7F00000104D218B4AAC2000003E80001");
    }

    @Test
    void sixteenByteAddressMakesFiftySixDigits() {
        UniqueIds ids = new UniqueIds(new byte[16], 0x1FFFF, 1, clock, ZoneOffset.UTC);

        assertThat(ids.next()).hasSize(56).contains("FFFF00000001");
    }

    @Test
    void timeBeginsAgainWithTheMonthAndFollowsAClockSetBack() {
        UniqueIds ids = new UniqueIds(new byte[4], 0, 0, clock, ZoneOffset.UTC);

        clock.advance(Duration.ofDays(30));
        String december = ids.next();
        clock.setWallMillis(Instant.parse("2023-11-30T23:59:59.999Z").toEpochMilli());
        String november = ids.next();

        assertThat(december).endsWith("000003E80000");
        assertThat(november).endsWith("9A7EC7FF0001");
    }

    @Test
    void counterWrapsAndIdsStayDifferentWithinOneRound() {
        UniqueIds ids = new UniqueIds(new byte[4], 0, 0, clock, ZoneOffset.UTC);
        Set<String> seen = new HashSet<>();
        for (int count = 0; count < 65_536; count++) {
            seen.add(ids.next());
        }

        assertThat(seen).hasSize(65_536);
        assertThat(ids.next()).endsWith("0000");
    }

    @Test
    void addressOfAnotherLengthIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UniqueIds(new byte[5], 0, 0, clock, ZoneOffset.UTC))
                .withMessageContaining("5 bytes");
    }
}
