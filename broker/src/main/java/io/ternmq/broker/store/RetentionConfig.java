package io.ternmq.broker.store;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When old messages make room.
 *
 * @param reserved how long messages are kept at least while there is space; key {@code fileReservedTime}, in hours,
 *     default 72
 * @param deleteHours hours of the day, local time, in which what is older than that is removed; key {@code deleteWhen},
 *     separated by {@code ;}, default {@code 04}
 * @param cleanPercent use of the disk from which such messages are removed at any hour; key
 *     {@code diskMaxUsedSpaceRatio}, default 75
 * @param forcePercent use of the disk from which the oldest messages are removed whatever their age; key
 *     {@code diskSpaceCleanForciblyRatio}, default 85
 * @param refusePercent use of the disk from which sends are refused; key {@code diskSpaceWarningLevelRatio}, default 90
 * @param freeBytesEnough with this much free space the three percentages have no effect, since on a large disk even
 *     one percent is much; key {@code diskFreeSpaceEnough}, default 32 GiB
 */
public record RetentionConfig(
        Duration reserved,
        Set<Integer> deleteHours,
        int cleanPercent,
        int forcePercent,
        int refusePercent,
        long freeBytesEnough) {
    static final Setting<Integer> RESERVED_HOURS =
            Setting.integer("fileReservedTime", 72).between(1, 1_000_000);
    static final Setting<String> DELETE_WHEN = Setting.text("deleteWhen", "04")
            .restricted(
                    "hours from 00 to 23, separated by ;",
                    text -> text.matches("[0-9]{1,2}(;[0-9]{1,2})*")
                            && hours(text).stream().allMatch(hour -> hour <= 23));
    static final Setting<Integer> CLEAN_PERCENT =
            Setting.integer("diskMaxUsedSpaceRatio", 75).between(10, 95);
    static final Setting<Integer> FORCE_PERCENT =
            Setting.integer("diskSpaceCleanForciblyRatio", 85).between(30, 100);
    static final Setting<Integer> REFUSE_PERCENT =
            Setting.integer("diskSpaceWarningLevelRatio", 90).between(35, 100);
    static final Setting<Long> FREE_ENOUGH =
            Setting.number("diskFreeSpaceEnough", 32L << 30).between(0, 1L << 60);

    public static RetentionConfig from(Settings settings) {
        return new RetentionConfig(
                Duration.ofHours(settings.get(RESERVED_HOURS)),
                hours(settings.get(DELETE_WHEN)),
                settings.get(CLEAN_PERCENT),
                settings.get(FORCE_PERCENT),
                settings.get(REFUSE_PERCENT),
                settings.get(FREE_ENOUGH));
    }

    /** What is declared here, for reference pages and checks of keys. */
    public static List<Setting<?>> declared() {
        return List.of(RESERVED_HOURS, DELETE_WHEN, CLEAN_PERCENT, FORCE_PERCENT, REFUSE_PERCENT, FREE_ENOUGH);
    }

    private static Set<Integer> hours(String text) {
        return Arrays.stream(text.split(";", -1)).map(Integer::valueOf).collect(Collectors.toUnmodifiableSet());
    }
}
