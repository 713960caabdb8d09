package io.ternmq.broker.delay;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How messages are held back.
 *
 * @param levels how long each level holds back; key {@code messageDelayLevel}, by default 18 levels from 1 s to 2 h
 * @param saveInterval how often it is saved how far the levels have come: what was delivered since is delivered again after
 *     a crash; key {@code flushDelayOffsetInterval}, default 10 s, from 100 ms to 10 min
 */
public record DelayConfig(DelayLevels levels, Duration saveInterval) {
    static final Setting<String> LEVELS = Setting.text(
                    "messageDelayLevel", "1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h")
            .restricted(
                    "1 to " + DelayLevels.COUNT_MAX
                            + " delays parted by blanks, each a whole number and its unit, s, m, h or d, up to 366d",
                    text -> DelayLevels.parse(text).isPresent());
    static final Setting<Duration> SAVE_INTERVAL =
            Setting.millis("flushDelayOffsetInterval", 10_000).between(100, 600_000);

    /** All keys of this record. */
    public static final List<Setting<?>> SETTINGS = List.of(LEVELS, SAVE_INTERVAL);

    public static DelayConfig from(Settings settings) {
        return new DelayConfig(DelayLevels.parse(settings.get(LEVELS)).orElseThrow(), settings.get(SAVE_INTERVAL));
    }
}
