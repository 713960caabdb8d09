package io.ternmq.common.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The texts given for keys, from a file, the command line or a test. Immutable. */
public final class Settings {
    private final Map<String, String> texts;

    private Settings(Map<String, String> texts) {
        this.texts = Map.copyOf(texts);
    }

    public static Settings empty() {
        return new Settings(Map.of());
    }

    public static Settings of(Map<String, String> texts) {
        return new Settings(texts);
    }

    public static Settings of(Properties properties) {
        Map<String, String> texts = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
        return new Settings(texts);
    }

    /** These settings with {@code others} laid over them. */
    public Settings with(Settings others) {
        Map<String, String> merged = new LinkedHashMap<>(texts);
        merged.putAll(others.texts);
        return new Settings(merged);
    }

    /** These settings with one more or changed. */
    public Settings with(String key, String value) {
        return with(of(Map.of(key, value)));
    }

    /**
     * The value of a setting: as given, else its default. A blank text counts as not given.
     *
     * @throws SettingException if the given text is not valid
     */
    public <T> T get(Setting<T> setting) {
        return text(setting.key()).map(setting::parse).orElseGet(setting::fallback);
    }

    /** The text given for a key, without blanks around it; empty if none or only blanks. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(texts.get(key)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** All keys and texts, unmodifiable. */
    public Map<String, String> asMap() {
        return texts;
    }
}
