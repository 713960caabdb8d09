package io.ternmq.remoting.testing;

import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.frame.ProtocolException;
import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.nio.charset.StandardCharsets;

/** Requests that mean nothing to anybody but tests. */
public final class TestRpcs {
    /** A text in the body, its length in a field. */
    public static final PayloadCodec<String> TEXT = PayloadCodec.of(
            text -> new Payload(
                    HeaderFields.builder().put("length", text.length()).build(),
                    Body.of(text.getBytes(StandardCharsets.UTF_8))),
            (fields, body) -> {
                String text = StandardCharsets.UTF_8.decode(body).toString();
                if (text.length() != fields.int32("length")) {
                    throw new ProtocolException(
                            "Text of " + text.length() + " units, expected " + fields.int32("length"));
                }
                return text;
            });

    public static final Rpc<String, String> ECHO = new Rpc<>(30_001, "ECHO", TEXT, TEXT);

    /** Never answered unless a test does it. */
    public static final Rpc<String, String> HOLD = new Rpc<>(30_002, "HOLD", TEXT, TEXT);

    public static final Rpc<Nothing, Nothing> NOBODY =
            new Rpc<>(30_999, "NOBODY", PayloadCodec.nothing(), PayloadCodec.nothing());

    private TestRpcs() {}

    /** Answers {@link #ECHO} at once. */
    public static RequestProcessor echo() {
        return request -> Response.success(ECHO, request.decode(ECHO)).now();
    }
}
