package io.ternmq.broker.group;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import java.util.List;

/**
 * Which consumer groups may exist and how new ones come to be.
 *
 * @param isAutoCreated whether a group comes to be when a consumer first uses it; key
 *     {@code autoCreateSubscriptionGroup}, default true
 * @param groupsMax groups that may exist at one time; key {@code maxGroupCount}, default 50000
 */
public record GroupsConfig(boolean isAutoCreated, int groupsMax) {
    static final Setting<Boolean> AUTO_CREATED =
            Setting.flag("autoCreateSubscriptionGroup", true).changeable();
    static final Setting<Integer> GROUPS_MAX =
            Setting.integer("maxGroupCount", 50_000).between(16, 1_000_000).changeable();

    /** All keys of this record. */
    public static final List<Setting<?>> SETTINGS = List.of(AUTO_CREATED, GROUPS_MAX);

    public static GroupsConfig from(Settings settings) {
        return new GroupsConfig(settings.get(AUTO_CREATED), settings.get(GROUPS_MAX));
    }
}
