package io.ternmq.remoting.protocol.route;

import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.DataVersion;
import io.ternmq.remoting.protocol.body.JsonBody;
import java.nio.ByteBuffer;

/**
 * Asks whether the name server knows a broker's topics as they are; code 322. Renews the broker's lease as well.
 *
 * @param broker who asks
 * @param version of its topics
 */
public record DataVersionQuery(BrokerIdentity broker, DataVersion version) {
    static final PayloadCodec<DataVersionQuery> CODEC =
            PayloadCodec.of(DataVersionQuery::encode, DataVersionQuery::decode);

    private Payload encode() {
        return new Payload(broker.fields().build(), Body.of(version.toJsonBytes()));
    }

    private static DataVersionQuery decode(HeaderFields fields, ByteBuffer body) {
        return new DataVersionQuery(BrokerIdentity.decode(fields), JsonBody.read(body, DataVersion::read));
    }
}
