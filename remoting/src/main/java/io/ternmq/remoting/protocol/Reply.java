package io.ternmq.remoting.protocol;

import io.ternmq.remoting.frame.HeaderFields;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An answer as received, before anybody judged its code. Its body is the caller's own copy.
 *
 * @param code a {@link ResponseCode}
 * @param version the release ordinal of the peer, as in its header
 * @param remark the peer's text, mostly the reason of a refusal
 */
public record Reply(int code, int version, Optional<String> remark, HeaderFields fields, ByteBuffer body) {

    public boolean isSuccess() {
        return code == ResponseCode.SUCCESS;
    }

    /**
     * The answer in its typed form.
     *
     * @throws io.ternmq.remoting.frame.ProtocolException if a field is missing or malformed
     */
    public <R> R decode(Rpc<?, R> rpc) {
        return rpc.response().decode(fields, body.duplicate());
    }
}
