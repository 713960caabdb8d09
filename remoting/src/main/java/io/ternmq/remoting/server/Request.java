package io.ternmq.remoting.server;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.LanguageCode;
import io.ternmq.remoting.protocol.Rpc;
import java.nio.ByteBuffer;

/**
 * A request as it came in.
 *
 * @param code the request code
 * @param version release ordinal of the sender; any value is possible
 * @param language what the sender says it is written in
 * @param isOneWay whether no answer may be sent
 * @param fields custom header fields
 * @param body bytes after the header, from position to limit; valid until the request has been answered
 * @param connection where it came from
 */
public record Request(
        int code,
        int version,
        LanguageCode language,
        boolean isOneWay,
        HeaderFields fields,
        ByteBuffer body,
        Connection connection) {

    /**
     * The question in its typed form; what it holds of the body shares the body's life.
     *
     * @throws io.ternmq.remoting.frame.ProtocolException if a field is missing or malformed
     */
    public <Q> Q decode(Rpc<Q, ?> rpc) {
        return rpc.request().decode(fields, body.duplicate());
    }
}
