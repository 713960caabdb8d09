package io.ternmq.common.json;

/**
 * How much one text may ask of its reader; beyond any of these it is refused with a {@link JsonException}.
 *
 * @param bytes longest text
 * @param depth deepest nesting of objects and arrays
 * @param values most values in a tree, members and elements counted alike; bounds the memory of a text of commas
 */
public record JsonLimits(int bytes, int depth, int values) {
    private static final int MIB = 1 << 20;

    /** What a frame of this protocol can hold, and trees of half a million topics' members. */
    public static final JsonLimits DEFAULT = new JsonLimits(16 * MIB, 64, 1_000_000);

    public JsonLimits {
        if (bytes < 1 || depth < 1 || values < 1) {
            throw new IllegalArgumentException(
                    "Limits must be positive: bytes=" + bytes + " depth=" + depth + " values=" + values);
        }
    }
}
