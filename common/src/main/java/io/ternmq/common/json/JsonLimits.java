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
    private static final int VALUES_LEAST = 50_000;
    private static final int VALUES_MOST = 1_000_000;
    private static final int HEAP_BYTES_PER_VALUE = 256;

    /**
     * What a frame of this protocol can hold, as long as its tree takes no more than about a third of the heap: a million
     * values, which is a hundred thousand topics, where the heap has 256 MB.
     */
    public static final JsonLimits DEFAULT =
            new JsonLimits(16 * MIB, 64, valuesFor(Runtime.getRuntime().maxMemory()));

    public JsonLimits {
        if (bytes < 1 || depth < 1 || values < 1) {
            throw new IllegalArgumentException(
                    "Limits must be positive: bytes=" + bytes + " depth=" + depth + " values=" + values);
        }
    }

    static int valuesFor(long heapBytes) {
        return (int) Math.max(VALUES_LEAST, Math.min(VALUES_MOST, heapBytes / HEAP_BYTES_PER_VALUE));
    }
}
