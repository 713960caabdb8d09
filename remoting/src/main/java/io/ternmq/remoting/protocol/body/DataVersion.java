package io.ternmq.remoting.protocol.body;

import io.ternmq.common.json.JsonException;
import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.remoting.frame.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * How new a table is. Tables are the same when all three numbers are; ordered by state version, counter, time.
 *
 * @param stateVersion term of the broker that owns the table; 0 outside clusters with elections
 * @param timestampMillis wall time of the last change
 * @param counter changes so far
 */
public record DataVersion(long stateVersion, long timestampMillis, long counter) implements Comparable<DataVersion> {
    private static final Comparator<DataVersion> ORDER = Comparator.comparingLong(DataVersion::stateVersion)
            .thenComparingLong(DataVersion::counter)
            .thenComparingLong(DataVersion::timestampMillis);

    /** The version of a table that was never changed. */
    public static DataVersion initial(long nowMillis) {
        return new DataVersion(0, nowMillis, 0);
    }

    /** The version after one more change. */
    public DataVersion next(long nowMillis) {
        return new DataVersion(stateVersion, nowMillis, counter + 1);
    }

    @Override
    public int compareTo(DataVersion other) {
        return ORDER.compare(this, other);
    }

    public void write(JsonWriter json) {
        json.beginObject()
                .member("counter", counter)
                .member("stateVersion", stateVersion)
                .member("timestamp", timestampMillis)
                .endObject();
    }

    /** As header fields and the compressed registration hold it. */
    public String toJson() {
        JsonWriter json = JsonWriter.compact();
        write(json);
        return json.toString();
    }

    public byte[] toJsonBytes() {
        return toJson().getBytes(StandardCharsets.UTF_8);
    }

    /** Absent members are 0. */
    public static DataVersion read(JsonObject object) {
        return new DataVersion(
                object.int64("stateVersion", 0), object.int64("timestamp", 0), object.int64("counter", 0));
    }

    /**
     * Reads what {@link #toJson()} writes.
     *
     * @throws ProtocolException if the text is no such object
     */
    public static DataVersion parse(String json) {
        try {
            return read(JsonObject.parse(json));
        } catch (JsonException e) {
            throw new ProtocolException("Data version cannot be read: " + e.getMessage(), e);
        }
    }
}
