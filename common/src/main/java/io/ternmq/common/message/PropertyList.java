package io.ternmq.common.message;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The properties of one message: names and values in the order they were put. A message has a handful, so a scan beats
 * a hash table and costs one array. Not safe for a change while others read.
 */
final class PropertyList {
    private static final String[] NONE = {};
    private static final int FIRST_CAPACITY = 8;

    private String[] pairs = NONE; // name, value, name, value, ...
    private int used;

    /** Reads the text form of the wire, as {@link PropertyString} does. */
    static PropertyList parse(String text) {
        PropertyList list = new PropertyList();
        PropertyString.forEach(text, list::append);
        return list;
    }

    Optional<String> find(String name) {
        int index = indexOf(name);
        return index < 0 ? Optional.empty() : Optional.of(pairs[index + 1]);
    }

    void put(String name, String value) {
        int index = indexOf(name);
        if (index < 0) {
            append(name, value);
        } else {
            pairs[index + 1] = value;
        }
    }

    void remove(String name) {
        for (int index = indexOf(name); index >= 0; index = indexOf(name)) {
            System.arraycopy(pairs, index + 2, pairs, index, used - index - 2);
            used -= 2;
            pairs[used] = null;
            pairs[used + 1] = null;
        }
    }

    boolean isEmpty() {
        return used == 0;
    }

    /** Appends the text form of all pairs but those named {@code leftOut}. */
    void appendTo(StringBuilder text, String leftOut) {
        for (int index = 0; index < used; index += 2) {
            if (!pairs[index].equals(leftOut)) {
                PropertyString.appendTo(text, pairs[index], pairs[index + 1]);
            }
        }
    }

    /** An unmodifiable copy, in order; of several pairs with one name the last. */
    Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        for (int index = 0; index < used; index += 2) {
            map.put(pairs[index], pairs[index + 1]);
        }
        return Collections.unmodifiableMap(map);
    }

    // From the end: a text from outside may hold a name twice, and then the later pair counts.
    private int indexOf(String name) {
        for (int index = used - 2; index >= 0; index -= 2) {
            if (pairs[index].equals(name)) {
                return index;
            }
        }
        return -1;
    }

    private void append(String name, String value) {
        if (used == pairs.length) {
            pairs = Arrays.copyOf(pairs, Math.max(FIRST_CAPACITY, used * 2));
        }
        pairs[used] = name;
        pairs[used + 1] = value;
        used += 2;
    }
}
