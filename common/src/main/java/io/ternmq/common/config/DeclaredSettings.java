package io.ternmq.common.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All settings of a server, each key once. Immutable. */
public final class DeclaredSettings {
    private final Map<String, Setting<?>> byKey = new LinkedHashMap<>(); // not changed once constructed

    /**
     * Collects settings.
     *
     * @throws IllegalStateException if two of them share a key
     */
    public DeclaredSettings(Collection<? extends Setting<?>> settings) {
        for (Setting<?> setting : settings) {
            if (byKey.put(setting.key(), setting) != null) {
                throw new IllegalStateException("Setting " + setting.key() + " is declared twice");
            }
        }
    }

    public Set<String> keys() {
        return byKey.keySet();
    }

    /**
     * The value of each setting as text, by key: as given, else its default.
     *
     * @throws SettingException if a given text is not valid
     */
    public Map<String, String> texts(Settings given) {
        Map<String, String> texts = new TreeMap<>();
        byKey.forEach((key, setting) -> texts.put(key, text(setting, given)));
        return texts;
    }

    /**
     * Why a change that came over the wire is refused: a key that is not known or may not be changed while the server
     * runs. Empty if no key stands against it.
     *
     * @throws SettingException if a value is not valid
     */
    public Optional<String> refusalOf(Settings changes) {
        for (Map.Entry<String, String> change : new TreeMap<>(changes.asMap()).entrySet()) {
            Setting<?> setting = byKey.get(change.getKey());
            if (setting == null) {
                return Optional.of("Key " + change.getKey() + " is not known: nearest is "
                        + NearestName.of(change.getKey(), byKey.keySet()).orElse("none"));
            }
            if (!setting.isChangeable()) {
                return Optional.of("Key " + change.getKey() + " cannot be changed while the server runs: set it in the"
                        + " file that the server starts with");
            }
            setting.parse(change.getValue());
        }
        return Optional.empty();
    }

    private static <T> String text(Setting<T> setting, Settings given) {
        return setting.print(given.get(setting));
    }
}
