package io.ternmq.broker.store;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * When appended bytes are forced to disk.
 *
 * @param mode whether a send waits for the disk; key {@code flushDiskType}, default {@code ASYNC_FLUSH}
 * @param interval longest time appended bytes stay unforced under {@code ASYNC_FLUSH}; key
 *     {@code flushIntervalCommitLog}, default 500 ms, from 10 ms to 60 s
 * @param timeout longest time a send waits for the disk under {@code SYNC_FLUSH}; key {@code syncFlushTimeout}, default
 *     5 s, from 10 ms to 10 min
 */
public record FlushConfig(FlushMode mode, Duration interval, Duration timeout) {
    static final Setting<FlushMode> MODE = Setting.choice("flushDiskType", FlushMode.ASYNC_FLUSH);
    static final Setting<Duration> INTERVAL =
            Setting.millis("flushIntervalCommitLog", 500).between(10, 60_000);
    static final Setting<Duration> TIMEOUT =
            Setting.millis("syncFlushTimeout", 5_000).between(10, 600_000);

    public static FlushConfig from(Settings settings) {
        return new FlushConfig(settings.get(MODE), settings.get(INTERVAL), settings.get(TIMEOUT));
    }

    /** What is declared here, for reference pages and checks of keys. */
    public static List<Setting<?>> declared() {
        return List.of(MODE, INTERVAL, TIMEOUT);
    }
}
