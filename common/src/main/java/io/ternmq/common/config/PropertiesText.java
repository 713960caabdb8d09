package io.ternmq.common.config;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
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

    /**
     * A text with some values changed: lines of other keys, comments and order stay as they are, and keys that were not
     * there come at the end.
     */
    public static String changed(String text, Map<String, String> changes) {
        StringBuilder lines = new StringBuilder();
        Map<String, String> left = new TreeMap<>(changes);
        for (String line : logicalLines(text)) {
            String key = keyOf(line);
            if (left.containsKey(key)) {
                lines.append(print(Map.of(key, left.remove(key))));
            } else if (!changes.containsKey(key)) { // a second line of a changed key would undo the change
                lines.append(line).append('\n');
            }
        }
        return lines.append(print(left)).toString();
    }

    /** Lines as they stand, each with those that a backslash at its end carries it on to. */
    private static List<String> logicalLines(String text) {
        List<String> lines = new ArrayList<>();
        boolean isCarriedOn = false;
        for (String line : text.lines().toList()) {
            if (isCarriedOn) {
                lines.set(lines.size() - 1, lines.get(lines.size() - 1) + '\n' + line);
            } else {
                lines.add(line);
            }
            isCarriedOn = !isComment(lines.get(lines.size() - 1)) && endsInOddBackslashes(line);
        }
        return lines;
    }

    private static boolean isComment(String line) {
        String stripped = line.stripLeading();
        return stripped.startsWith("#") || stripped.startsWith("!");
    }

    private static boolean endsInOddBackslashes(String line) {
        int count = 0;
        while (count < line.length() && line.charAt(line.length() - 1 - count) == '\\') {
            count++;
        }
        return count % 2 == 1;
    }

    private static String keyOf(String line) {
        Set<String> keys = parse(line).asMap().keySet();
        return keys.isEmpty() ? "" : keys.iterator().next();
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
