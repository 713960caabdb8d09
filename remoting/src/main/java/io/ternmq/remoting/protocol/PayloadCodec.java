package io.ternmq.remoting.protocol;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.frame.ProtocolException;
import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Turns one kind of request or answer into header fields and body and back. Stateless; safe for use by any thread.
 *
 * @param <T> the value carried
 */
public interface PayloadCodec<T> {

    Payload encode(T value);

    /**
     * Reads a value.
     *
     * @param body the bytes after the header, from position to limit; only valid during the call unless the caller
     *     promises more
     * @throws ProtocolException if a field is missing or malformed
     */
    T decode(HeaderFields fields, ByteBuffer body);

    /** For what consists of header fields alone. */
    static <T> PayloadCodec<T> header(Function<T, HeaderFields> writer, Function<HeaderFields, T> reader) {
        return of(value -> Payload.of(writer.apply(value)), (fields, body) -> reader.apply(fields));
    }

    static <T> PayloadCodec<T> of(Function<T, Payload> writer, BiFunction<HeaderFields, ByteBuffer, T> reader) {
        return new PayloadCodec<>() {
            @Override
            public Payload encode(T value) {
                return writer.apply(value);
            }

            @Override
            public T decode(HeaderFields fields, ByteBuffer body) {
                return reader.apply(fields, body);
            }
        };
    }

    /** For requests and answers that say nothing beside their code. */
    static PayloadCodec<Nothing> nothing() {
        return of(nothing -> Payload.empty(), (fields, body) -> Nothing.NOTHING);
    }
}
