package io.ternmq.broker.filter;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import java.util.List;

/**
 * Which filters are evaluated.
 *
 * @param isByProperty whether expressions of type {@code SQL92} are; key {@code enablePropertyFilter}, default true
 * @param isKeptOnRetry whether a message that is delivered again is looked at with the expression of the topic that it
 *     came from; key {@code filterSupportRetry}, default true
 */
public record FilterConfig(boolean isByProperty, boolean isKeptOnRetry) {
    static final Setting<Boolean> BY_PROPERTY =
            Setting.flag("enablePropertyFilter", true).changeable();
    static final Setting<Boolean> KEPT_ON_RETRY =
            Setting.flag("filterSupportRetry", true).changeable();

    /** All keys of this record. */
    public static final List<Setting<?>> SETTINGS = List.of(BY_PROPERTY, KEPT_ON_RETRY);

    public static FilterConfig from(Settings settings) {
        return new FilterConfig(settings.get(BY_PROPERTY), settings.get(KEPT_ON_RETRY));
    }
}
