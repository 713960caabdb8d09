package io.ternmq.remoting.protocol.route;

import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.DataVersion;
import io.ternmq.remoting.protocol.body.JsonBody;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Says which version of a broker's topics the name server has; answers code 322.
 *
 * @param isChanged whether it is another one than the broker's
 * @param version the name server's; absent if it does not know the broker
 */
public record DataVersionAnswer(boolean isChanged, Optional<DataVersion> version) {
    static final PayloadCodec<DataVersionAnswer> CODEC =
            PayloadCodec.of(DataVersionAnswer::encode, DataVersionAnswer::decode);

    private static final String CHANGED = "changed";

    private Payload encode() {
        return new Payload(
                HeaderFields.builder().put(CHANGED, isChanged).build(),
                version.map(DataVersion::toJsonBytes).map(Body::of).orElse(Body.empty()));
    }

    private static DataVersionAnswer decode(HeaderFields fields, ByteBuffer body) {
        return new DataVersionAnswer(
                fields.flag(CHANGED, true),
                body.hasRemaining() ? Optional.of(JsonBody.read(body, DataVersion::read)) : Optional.empty());
    }
}
