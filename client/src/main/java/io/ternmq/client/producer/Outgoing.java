package io.ternmq.client.producer;

import io.ternmq.remoting.protocol.send.SendRequest;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A message, or a batch, made ready once for all attempts of one send.
 *
 * @param topic where to
 * @param body as it travels, perhaps compressed
 * @param properties the text with the unique id in it
 * @param uniqueId of the message; of a batch those of all messages, joined by commas
 * @param sysFlag bits of {@link io.ternmq.common.message.SystemFlags}
 * @param flag the application's number
 * @param isBatch whether the body holds several messages
 */
record Outgoing(
        String topic, ByteBuffer body, String properties, String uniqueId, int sysFlag, int flag, boolean isBatch) {

    int bodyBytes() {
        return body.remaining();
    }

    SendRequest request(SendSettings settings, int queueId, long bornMillis) {
        return new SendRequest(
                settings.group(),
                topic,
                settings.template().topic(),
                settings.template().queuesMax(),
                queueId,
                sysFlag,
                bornMillis,
                flag,
                properties,
                0,
                false,
                OptionalInt.empty(),
                isBatch,
                Optional.empty(),
                body.duplicate());
    }
}
