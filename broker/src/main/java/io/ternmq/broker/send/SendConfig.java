package io.ternmq.broker.send;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import java.util.List;

/**
 * What the broker takes from senders, and what it writes on their messages.
 *
 * @param bodyBytesMax longest body, of a single message or of a whole batch as it arrives; the store's
 * @param regionId name of the region that senders and consumers note in traces; key {@code regionId}
 * @param isTraced whether clients may trace messages of this broker; key {@code traceOn}, default true
 */
public record SendConfig(int bodyBytesMax, String regionId, boolean isTraced) {
    static final Setting<String> REGION = Setting.text("regionId", "DefaultRegion");
    static final Setting<Boolean> TRACED = Setting.flag("traceOn", true);

    /** All keys of this record. */
    public static final List<Setting<?>> SETTINGS = List.of(REGION, TRACED);

    public static SendConfig from(Settings settings, int bodyBytesMax) {
        return new SendConfig(bodyBytesMax, settings.get(REGION), settings.get(TRACED));
    }
}
