package io.ternmq.remoting.protocol.body;

import io.ternmq.common.json.JsonException;
import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonValue;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.frame.ProtocolException;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Bodies that are one JSON object, in the dialect of this protocol. Stateless. */
public final class JsonBody {
    private JsonBody() {}

    /** For what consists of such a body alone. */
    public static <T> PayloadCodec<T> codec(BiConsumer<JsonWriter, T> writer, Function<JsonObject, T> reader) {
        return PayloadCodec.of(
                value -> payload(HeaderFields.empty(), json -> writer.accept(json, value)),
                (fields, body) -> read(body, reader));
    }

    /** A payload of header fields and the object that {@code writer} writes, braces included. */
    public static Payload payload(HeaderFields fields, Consumer<JsonWriter> writer) {
        JsonWriter json = JsonWriter.compact();
        writer.accept(json);
        return new Payload(fields, Body.of(json.toBytes()));
    }

    /**
     * Reads a body.
     *
     * @throws ProtocolException if the body is not one JSON object, or {@code reader} cannot use it
     */
    public static <T> T read(ByteBuffer body, Function<JsonObject, T> reader) {
        if (!body.hasRemaining()) {
            throw new ProtocolException("Body is empty: expected a JSON object");
        }
        try {
            return reader.apply(JsonObject.parse(body));
        } catch (JsonException e) {
            throw new ProtocolException("Body cannot be read: " + e.getMessage(), e);
        }
    }

    /** As {@link #read}; an empty body is an object without members. */
    public static <T> T readLenient(ByteBuffer body, Function<JsonObject, T> reader) {
        return body.hasRemaining() ? read(body, reader) : reader.apply(JsonObject.empty());
    }

    /**
     * A constant by its name, or by its number as some writers put it; {@code fallback} where the member is absent.
     *
     * @throws ProtocolException if there is no such constant
     */
    public static <E extends Enum<E>> E constant(JsonObject object, String member, E fallback) {
        return object.find(member)
                .map(value -> constant(member, value, fallback.getDeclaringClass()))
                .orElse(fallback);
    }

    private static <E extends Enum<E>> E constant(String member, JsonValue value, Class<E> type) {
        String text = value.asText();
        E[] constants = type.getEnumConstants();
        for (int number = 0; number < constants.length; number++) {
            if (constants[number].name().equalsIgnoreCase(text) || text.equals(Integer.toString(number))) {
                return constants[number];
            }
        }
        throw new ProtocolException(
                "Body member " + member + "=" + text + " is not one of " + Arrays.toString(constants));
    }
}
