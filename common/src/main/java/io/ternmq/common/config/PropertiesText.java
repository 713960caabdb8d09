package io.ternmq.common.config;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Keys and values as lines of text, {@code key=value}: the form of configuration files and of configuration requests. */
public final class PropertiesText {
    private PropertiesText() {}

    /**
     * Reads a text; of a key that stands twice the later value counts.
     *
     * @throws IllegalArgumentException if an escape in it is malformed
     */
    public static Settings parse(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new IllegalStateException("Reading from memory failed", e);
        }
        return Settings.of(properties);
    }

    /** One line for each key, in the order of keys; {@link #parse} reads it back. */
    public static String print(Map<String, String> texts) {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(texts)
                .forEach((key, value) -> lines.append(escaped(key, true))
                        .append('=')
                        .append(escaped(value, false))
                        .append('\n'));
        return lines.toString();
    }

    private static String escaped(String text, boolean isKey) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            switch (unit) {
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                case ' ' -> escaped.append(isKey || index == 0 ? "\\ " : " ");
                case '=', ':', '#', '!' -> escaped.append(isKey ? "\\" : "").append(unit);
                default -> escaped.append(unit);
            }
        }
        return escaped.toString();
    }
}
