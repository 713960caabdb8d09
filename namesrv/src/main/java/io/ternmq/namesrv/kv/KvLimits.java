package io.ternmq.namesrv.kv;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import io.ternmq.remoting.protocol.kv.KvEntry;
import java.util.List;
import java.util.Optional;

/**
 * How much the table may hold.
 *
 * @param total texts in all namespaces together; key {@code kvEntriesMax}, default 10 000
 * @param length longest text, in characters; key {@code kvValueLengthMax}, default 65 536
 */
public record KvLimits(int total, int length) {
    /** Longest namespace and longest key, in characters. */
    static final int NAME_LENGTH_MAX = 255;

    private static final Setting<Integer> ENTRIES_MAX =
            Setting.integer("kvEntriesMax", 10_000).between(1, 1_000_000);
    private static final Setting<Integer> VALUE_LENGTH_MAX =
            Setting.integer("kvValueLengthMax", 65_536).between(1, 1_000_000);

    /** All keys read by {@link #from}. */
    public static List<Setting<?>> settings() {
        return List.of(ENTRIES_MAX, VALUE_LENGTH_MAX);
    }

    /**
     * Reads the settings.
     *
     * @throws io.ternmq.common.config.SettingException if a value is not valid
     */
    public static KvLimits from(Settings settings) {
        return new KvLimits(settings.get(ENTRIES_MAX), settings.get(VALUE_LENGTH_MAX));
    }

    Optional<String> problemOf(KvEntry entry) {
        return problemOf("Namespace", entry.key().namespace(), NAME_LENGTH_MAX)
                .or(() -> problemOf("Key", entry.key().key(), NAME_LENGTH_MAX))
                .or(() -> problemOf("Value", entry.value(), length));
    }

    private static Optional<String> problemOf(String subject, String text, int lengthMax) {
        return text.isEmpty() || text.length() > lengthMax
                ? Optional.of(subject + " has " + text.length() + " characters: expected 1 to " + lengthMax)
                : Optional.empty();
    }
}
