package io.ternmq.remoting.protocol.config;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.DataVersion;
import java.nio.ByteBuffer;

/**
 * A broker's configuration; answers code 26.
 *
 * @param version counts its changes
 * @param text all keys
 */
public record BrokerConfigAnswer(DataVersion version, ConfigText text) {
    static final PayloadCodec<BrokerConfigAnswer> CODEC =
            PayloadCodec.of(BrokerConfigAnswer::encode, BrokerConfigAnswer::decode);

    private static final String VERSION = "version";

    private Payload encode() {
        return new Payload(
                HeaderFields.builder().put(VERSION, version.toJson()).build(), ConfigText.write(text.settings()));
    }

    private static BrokerConfigAnswer decode(HeaderFields fields, ByteBuffer body) {
        return new BrokerConfigAnswer(DataVersion.parse(fields.text(VERSION)), new ConfigText(ConfigText.read(body)));
    }
}
