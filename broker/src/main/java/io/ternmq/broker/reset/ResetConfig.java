package io.ternmq.broker.reset;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import java.util.List;

/**
 * How groups are sent elsewhere.
 *
 * @param isByServer whether the broker keeps the wish and tells whoever pulls next, so that no member need be connected;
 *     else the members that are connected are told to see to it; key {@code useServerSideResetOffset}, default true
 */
public record ResetConfig(boolean isByServer) {
    static final Setting<Boolean> BY_SERVER =
            Setting.flag("useServerSideResetOffset", true).changeable();

    /** All keys of this record. */
    public static final List<Setting<?>> SETTINGS = List.of(BY_SERVER);

    public static ResetConfig from(Settings settings) {
        return new ResetConfig(settings.get(BY_SERVER));
    }
}
