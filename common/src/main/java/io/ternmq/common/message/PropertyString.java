package io.ternmq.common.message;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Reads and writes the property string of a message in place, without building a map: {@code name}, U+0001,
 * {@code value}, U+0002 and so on, the last U+0002 optional. A piece counts only with a name and a value of at least
 * one character each; of several with one name the last one wins. Stateless.
 */
public final class PropertyString {
    private static final char NAME_END = MessageProperties.NAME_VALUE_SEPARATOR;
    private static final char PAIR_END = MessageProperties.PROPERTY_SEPARATOR;

    private PropertyString() {}

    /** The value of a property. */
    public static Optional<String> find(String properties, String name) {
        // From the end, since the last one wins.
        int end = properties.length();
        while (end > 0) {
            int start = properties.lastIndexOf(PAIR_END, end - 1) + 1;
            int valueAt = start + name.length() + 1;
            if (valueAt < end
                    && !name.isEmpty()
                    && properties.charAt(valueAt - 1) == NAME_END
                    && properties.startsWith(name, start)) {
                return Optional.of(properties.substring(valueAt, end));
            }
            end = start - 1;
        }
        return Optional.empty();
    }

    /** Whether a property has exactly this value. */
    public static boolean holds(String properties, String name, String value) {
        return find(properties, name).filter(value::equals).isPresent();
    }

    /** {@code properties} with one more pair behind it, which wins over an earlier one of the same name. */
    public static String append(String properties, String name, String value) {
        StringBuilder text = new StringBuilder(properties.length() + name.length() + value.length() + 3);
        text.append(properties);
        if (!properties.isEmpty() && properties.charAt(properties.length() - 1) != PAIR_END) {
            text.append(PAIR_END);
        }
        return appendTo(text, name, value).toString();
    }

    /** {@code properties} without any pair of this name. */
    public static String remove(String properties, String name) {
        if (find(properties, name).isEmpty()) {
            return properties;
        }
        StringBuilder text = new StringBuilder(properties.length());
        forEach(properties, (key, value) -> {
            if (!key.equals(name)) {
                appendTo(text, key, value);
            }
        });
        return text.toString();
    }

    /** The property string of a map. Pairs without a value are left out; the order is the map's. */
    public static String of(Map<String, String> properties) {
        StringBuilder text = new StringBuilder();
        properties.forEach((name, value) -> {
            if (value != null) {
                appendTo(text, name, value);
            }
        });
        return text.toString();
    }

    /** Hands over all pairs in their order, also those that a later one of the same name replaces. */
    public static void forEach(String properties, BiConsumer<String, String> action) {
        int start = 0;
        while (start < properties.length()) {
            int end = properties.indexOf(PAIR_END, start);
            end = end < 0 ? properties.length() : end;
            int nameEnd = properties.indexOf(NAME_END, start);
            if (nameEnd > start && nameEnd + 1 < end) {
                action.accept(properties.substring(start, nameEnd), properties.substring(nameEnd + 1, end));
            }
            start = end + 1;
        }
    }

    /** The hash of a tag as {@link MessageRecord#tagsHash} gives it; 0 for an empty one. */
    public static long tagsHash(String tag) {
        return tag.hashCode();
    }

    /** Adds a pair to the end of a text that is empty or ends with one. */
    static StringBuilder appendTo(StringBuilder text, String name, String value) {
        return text.append(name).append(NAME_END).append(value).append(PAIR_END);
    }
}
