package io.ternmq.common.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
    private static final byte[] TAGS = MessageProperties.TAGS.getBytes(StandardCharsets.US_ASCII);
    private static final int HASH_FACTOR = 31;

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

    /**
     * Java's string hash of the tag, sign-extended, as consume queues hold it and subscriptions ask for it; 0 without a
     * tag. Allocates only if the tag is not ASCII.
     *
     * @param index where in {@code buffer} the property string begins
     * @param length its bytes
     */
    public static long tagsHash(ByteBuffer buffer, int index, int length) {
        int end = index + length;
        int valueAt = -1;
        int valueEnd = -1;
        int start = index;
        while (start < end) {
            int pieceEnd = start;
            while (pieceEnd < end && buffer.get(pieceEnd) != PAIR_END) {
                pieceEnd++;
            }
            if (isTags(buffer, start, pieceEnd)) {
                valueAt = start + TAGS.length + 1;
                valueEnd = pieceEnd;
            }
            start = pieceEnd + 1;
        }
        return valueAt < 0 ? 0 : hash(buffer, valueAt, valueEnd);
    }

    /** The hash that {@link #tagsHash} gives for this tag; 0 for an empty one. */
    public static long tagsHash(String tag) {
        return tag.hashCode();
    }

    /** Adds a pair to the end of a text that is empty or ends with one. */
    static StringBuilder appendTo(StringBuilder text, String name, String value) {
        return text.append(name).append(NAME_END).append(value).append(PAIR_END);
    }

    private static boolean isTags(ByteBuffer buffer, int start, int end) {
        if (end - start <= TAGS.length + 1 || buffer.get(start + TAGS.length) != NAME_END) {
            return false;
        }
        for (int i = 0; i < TAGS.length; i++) {
            if (buffer.get(start + i) != TAGS[i]) {
                return false;
            }
        }
        return true;
    }

    private static long hash(ByteBuffer buffer, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            byte unit = buffer.get(i);
            if (unit < 0) {
                byte[] bytes = new byte[end - start];
                buffer.get(start, bytes);
                return new String(bytes, StandardCharsets.UTF_8).hashCode();
            }
            hash = HASH_FACTOR * hash + unit;
        }
        return hash;
    }
}
