package io.ternmq.broker.query;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import java.util.List;

/**
 * How much is answered to who looks for messages.
 *
 * @param uniqueKeyMax messages given at most for a unique key, whatever is asked for; key {@code defaultQueryMaxNum},
 *     default 32
 */
public record QueryConfig(int uniqueKeyMax) {
    static final Setting<Integer> UNIQUE_KEY_MAX =
            Setting.integer("defaultQueryMaxNum", 32).between(1, 1024);

    /** All keys of this record. */
    public static final List<Setting<?>> SETTINGS = List.of(UNIQUE_KEY_MAX);

    public static QueryConfig from(Settings settings) {
        return new QueryConfig(settings.get(UNIQUE_KEY_MAX));
    }
}
