package io.ternmq.broker.delay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.common.config.SettingException;
import io.ternmq.common.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DelayLevelsTest {

    @Test
    void defaultLevelsAreThoseOfTheProtocol() {
        DelayLevels levels = DelayConfig.from(Settings.empty()).levels();

        assertThat(levels.delays().stream().map(Duration::toSeconds))
                .containsExactly(
                        1L, 5L, 10L, 30L, 60L, 120L, 180L, 240L, 300L, 360L, 420L, 480L, 540L, 600L, 1200L, 1800L,
                        3600L, 7200L);
    }

    @Test
    void everyUnitAndAnyBlanksAreTaken() {
        assertThat(levels("  2s 3m\t4h  5d ").delays())
                .isEqualTo(
                        List.of(Duration.ofSeconds(2), Duration.ofMinutes(3), Duration.ofHours(4), Duration.ofDays(5)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1x", "s", "1s,2s", "-1s", "1.5s", "1S", "367d", "9999999999s"})
    void anythingElseIsRefusedByNameAtTheStart(String text) {
        assertThatThrownBy(() -> levels(text))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("messageDelayLevel");
    }

    @Test
    void asManyLevelsAsThereMayBeAreTakenAndNotOneMore() {
        assertThat(levels("1s ".repeat(DelayLevels.COUNT_MAX)).count()).isEqualTo(DelayLevels.COUNT_MAX);
        assertThatThrownBy(() -> levels("1s ".repeat(DelayLevels.COUNT_MAX + 1)))
                .isInstanceOf(SettingException.class);
    }

    @Test
    void higherLevelThanThereIsBecomesTheHighest() {
        assertThat(levels("1s 2s").clamp(2)).isEqualTo(2);
        assertThat(levels("1s 2s").clamp(Integer.MAX_VALUE)).isEqualTo(2);
    }

    static DelayLevels levels(String text) {
        return DelayConfig.from(Settings.of(Map.of("messageDelayLevel", text))).levels();
    }
}
