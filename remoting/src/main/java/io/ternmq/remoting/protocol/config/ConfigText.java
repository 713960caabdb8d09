package io.ternmq.remoting.protocol.config;

import io.ternmq.common.config.PropertiesText;
import io.ternmq.common.config.Settings;
import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.frame.ProtocolException;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Keys and values as lines of text; asks in codes 25 and 318, answers code 319.
 *
 * @param settings the keys and their values, not yet judged
 */
public record ConfigText(Settings settings) {
    static final PayloadCodec<ConfigText> CODEC =
            PayloadCodec.of(text -> Payload.of(write(text.settings)), (fields, body) -> new ConfigText(read(body)));

    static Body write(Settings settings) {
        return Body.of(PropertiesText.print(settings.asMap()).getBytes(StandardCharsets.UTF_8));
    }

    static Settings read(ByteBuffer body) {
        String text = StandardCharsets.UTF_8.decode(body.duplicate()).toString();
        try {
            return PropertiesText.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("Configuration cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfigText that && settings.asMap().equals(that.settings.asMap());
    }

    @Override
    public int hashCode() {
        return settings.asMap().hashCode();
    }
}
