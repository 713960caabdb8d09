package io.ternmq.broker.repeat;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How long repeated sends are recognized.
 *
 * @param countMax sends remembered, the oldest forgotten first; 0 recognizes none; key {@code recentSendsMax}, default
 *     250000
 * @param lifetime how long after a send was stored its repeat is recognized, a restart between them or not; key
 *     {@code recentSendsMillis}, default 60000
 */
public record RepeatConfig(int countMax, Duration lifetime) {
    static final Setting<Integer> COUNT_MAX =
            Setting.integer("recentSendsMax", 250_000).between(0, 50_000_000);
    static final Setting<Duration> LIFETIME =
            Setting.millis("recentSendsMillis", 60_000).between(1_000, 86_400_000);

    /** All keys of this record. */
    public static final List<Setting<?>> SETTINGS = List.of(COUNT_MAX, LIFETIME);

    public static RepeatConfig from(Settings settings) {
        return new RepeatConfig(settings.get(COUNT_MAX), settings.get(LIFETIME));
    }
}
