package io.ternmq.broker.offset;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How consumer offsets are kept.
 *
 * @param saveInterval longest time a commit stays unsaved; key {@code flushConsumerOffsetInterval}, default 5 s
 * @param offsetsMax offsets of all groups in all queues; key {@code maxConsumerOffsetCount}, default 2 000 000
 */
public record OffsetsConfig(Duration saveInterval, int offsetsMax) {
    static final Setting<Duration> SAVE_INTERVAL =
            Setting.millis("flushConsumerOffsetInterval", 5_000).between(100, 600_000);
    static final Setting<Integer> OFFSETS_MAX =
            Setting.integer("maxConsumerOffsetCount", 2_000_000).between(1_000, 100_000_000);

    /** All keys of this record. */
    public static final List<Setting<?>> SETTINGS = List.of(SAVE_INTERVAL, OFFSETS_MAX);

    public static OffsetsConfig from(Settings settings) {
        return new OffsetsConfig(settings.get(SAVE_INTERVAL), settings.get(OFFSETS_MAX));
    }
}
