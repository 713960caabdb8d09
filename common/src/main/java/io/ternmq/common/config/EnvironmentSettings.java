package io.ternmq.common.config;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads settings from environment variables, as containers are given them. A variable is called a prefix and the key, in
 * any case of letters and with any underscores: {@code TERNMQ_BROKER_FLUSH_DISK_TYPE}, {@code
 * TERNMQ_BROKER_FLUSHDISKTYPE} and {@code TERNMQ_BROKER_flushDiskType} are all the broker's key {@code flushDiskType}.
 */
public final class EnvironmentSettings {
    private EnvironmentSettings() {}

    /**
     * Settings from the variables whose names begin with {@code prefix}. What is no key of {@code keys} keeps the rest of
     * its name, so that it is reported as any unknown key. Of several variables for one key the last by name counts.
     *
     * @param prefix with the underscore that ends it
     */
    public static Settings read(String prefix, Collection<String> keys, Map<String, String> environment) {
        Map<String, String> keyByName = new HashMap<>();
        keys.forEach(key -> keyByName.put(plain(key), key));
        Map<String, String> texts = new LinkedHashMap<>();
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (variable.startsWith(prefix) && variable.length() > prefix.length()) {
                String name = variable.substring(prefix.length());
                texts.put(keyByName.getOrDefault(plain(name), name), value);
            }
        });
        return Settings.of(texts);
    }

    /** What of a key's spelling tells it from others. */
    static String plain(String key) {
        return key.replace("_", "").toLowerCase(Locale.ROOT);
    }
}
