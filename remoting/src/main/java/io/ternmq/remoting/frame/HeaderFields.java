package io.ternmq.remoting.frame;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * The custom fields of a header ({@code extFields} on the wire): names and values, all texts, in the order written.
 * Immutable. Few enough that a scan beats a hash table; a later duplicate wins.
 */
public final class HeaderFields {
    /** The texts of small numbers, of which most headers have several. */
    private static final String[] SMALL =
            IntStream.range(0, 256).mapToObj(Integer::toString).toArray(String[]::new);

    private static final HeaderFields EMPTY = new HeaderFields(new String[0], 0);

    private final String[] pairs; // name, value, name, value, ...
    private final int used;

    private HeaderFields(String[] pairs, int used) {
        this.pairs = pairs;
        this.used = used;
    }

    public static HeaderFields empty() {
        return EMPTY;
    }

    public static Builder builder() {
        return new Builder();
    }

    public int count() {
        return used / 2;
    }

    /** Whether a field has a value of no length, which the binary form of a header cannot tell from an absent one. */
    public boolean hasEmptyValue() {
        for (int index = 1; index < used; index += 2) {
            if (pairs[index].isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Name of a field by its index, from 0. */
    public String name(int index) {
        return pairs[2 * index];
    }

    /** Value of a field by its index, from 0. */
    public String value(int index) {
        return pairs[2 * index + 1];
    }

    public boolean contains(String name) {
        return indexOf(name) >= 0;
    }

    /**
     * A field that must be there.
     *
     * @throws ProtocolException if it is not
     */
    public String text(String name) {
        return required(name, text(name, null));
    }

    /**
     * The value that was found for a field that must be there.
     *
     * @param value null if there is none
     * @throws ProtocolException if there is none
     */
    public static String required(String name, String value) {
        if (value == null) {
            throw new ProtocolException("Header field " + name + " is missing");
        }
        return value;
    }

    public String text(String name, String fallback) {
        int index = indexOf(name);
        return index < 0 ? fallback : pairs[index + 1];
    }

    public Optional<String> findText(String name) {
        return Optional.ofNullable(text(name, null));
    }

    /**
     * A 32-bit number that must be there.
     *
     * @throws ProtocolException if the field is missing or not a decimal number of 32 bits
     */
    public int int32(String name) {
        return parseInt(name, text(name));
    }

    /**
     * A 32-bit number, or {@code fallback} where the field is absent.
     *
     * @throws ProtocolException if the field is there but not a decimal number of 32 bits
     */
    public int int32(String name, int fallback) {
        String value = text(name, null);
        return value == null ? fallback : parseInt(name, value);
    }

    /**
     * A 64-bit number that must be there.
     *
     * @throws ProtocolException if the field is missing or not a decimal number of 64 bits
     */
    public long int64(String name) {
        return parseLong(name, text(name));
    }

    /**
     * A 64-bit number, or {@code fallback} where the field is absent.
     *
     * @throws ProtocolException if the field is there but not a decimal number of 64 bits
     */
    public long int64(String name, long fallback) {
        String value = text(name, null);
        return value == null ? fallback : parseLong(name, value);
    }

    /** True only for the text {@code true}, in any case of letters. */
    public boolean flag(String name, boolean fallback) {
        String value = text(name, null);
        return value == null ? fallback : Boolean.parseBoolean(value);
    }

    public void forEach(BiConsumer<String, String> visitor) {
        for (int index = 0; index < used; index += 2) {
            visitor.accept(pairs[index], pairs[index + 1]);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeaderFields that && Arrays.equals(pairs, 0, used, that.pairs, 0, that.used);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int index = 0; index < used; index++) {
            hash = 31 * hash + pairs[index].hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        forEach((name, value) -> text.append(text.length() > 1 ? ", " : "")
                .append(name)
                .append('=')
                .append(value));
        return text.append('}').toString();
    }

    private int indexOf(String name) {
        int hash = name.hashCode(); // texts remember theirs, so names that differ seldom need more than this
        for (int index = used - 2; index >= 0; index -= 2) {
            String candidate = pairs[index];
            if (candidate.hashCode() == hash && candidate.equals(name)) {
                return index;
            }
        }
        return -1;
    }

    /**
     * Reads a 32-bit number of the field {@code name}.
     *
     * @throws ProtocolException if it is not a decimal number of 32 bits
     */
    public static int parseInt(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new ProtocolException("Header field " + name + "=" + value + " is not a 32-bit number", e);
        }
    }

    /**
     * Reads a 64-bit number of the field {@code name}.
     *
     * @throws ProtocolException if it is not a decimal number of 64 bits
     */
    public static long parseLong(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new ProtocolException("Header field " + name + "=" + value + " is not a 64-bit number", e);
        }
    }

    /** Collects fields; used by one thread. */
    public static final class Builder {
        /** Fields that one header may have; requests of this protocol have some twenty at most. */
        public static final int COUNT_MAX = 1024;

        private static final int FIRST_CAPACITY = 28; // holds a send without growing

        private String[] pairs = new String[FIRST_CAPACITY];
        private int used;

        private Builder() {}

        /**
         * Adds a field.
         *
         * @throws ProtocolException if there would be more than {@link #COUNT_MAX} fields
         */
        public Builder put(String name, String value) {
            if (used == pairs.length) {
                if (used == 2 * COUNT_MAX) {
                    throw new ProtocolException("More than " + COUNT_MAX + " header fields");
                }
                pairs = Arrays.copyOf(pairs, Math.min(used * 2, 2 * COUNT_MAX));
            }
            pairs[used] = name;
            pairs[used + 1] = value;
            used += 2;
            return this;
        }

        public Builder put(String name, long value) {
            return put(name, value >= 0 && value < SMALL.length ? SMALL[(int) value] : Long.toString(value));
        }

        public Builder put(String name, boolean value) {
            return put(name, value ? "true" : "false");
        }

        /** Puts nothing where there is no value, as the wire leaves absent fields out. */
        public Builder put(String name, Optional<?> value) {
            if (value.isPresent()) {
                put(name, value.get().toString());
            }
            return this;
        }

        public HeaderFields build() {
            return used == 0 ? EMPTY : new HeaderFields(pairs, used);
        }
    }
}
