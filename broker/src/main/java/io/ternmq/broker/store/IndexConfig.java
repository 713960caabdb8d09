package io.ternmq.broker.store;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import java.util.List;

/**
 * How messages are indexed by key. A change of the two sizes makes the index anew, since its files do not tell theirs.
 *
 * @param isEnabled whether they are; key {@code messageIndexEnable}, default true
 * @param slots slots of an index file's hash table, of 4 bytes each; key {@code maxHashSlotNum}, default 5000000
 * @param entriesMax a file is full with one entry less than this, of 20 bytes each; key {@code maxIndexNum}, default
 *     20000000
 * @param foundMax messages that one query gives at most; key {@code maxMsgsNumBatch}, default 64
 */
public record IndexConfig(boolean isEnabled, int slots, int entriesMax, int foundMax) {
    static final Setting<Boolean> ENABLED = Setting.flag("messageIndexEnable", true);
    static final Setting<Integer> SLOTS =
            Setting.integer("maxHashSlotNum", 5_000_000).between(1, 100_000_000);
    static final Setting<Integer> ENTRIES =
            Setting.integer("maxIndexNum", 20_000_000).between(3, 100_000_000);
    static final Setting<Integer> FOUND = Setting.integer("maxMsgsNumBatch", 64).between(1, 1024);

    public static IndexConfig from(Settings settings) {
        return new IndexConfig(settings.get(ENABLED), settings.get(SLOTS), settings.get(ENTRIES), settings.get(FOUND));
    }

    /** What is declared here, for reference pages and checks of keys. */
    public static List<Setting<?>> declared() {
        return List.of(ENABLED, SLOTS, ENTRIES, FOUND);
    }
}
