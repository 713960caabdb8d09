package io.ternmq.client.producer;

import io.ternmq.client.gateway.SendGateway.Kind;
import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.PropertyString;
import io.ternmq.common.message.SendId;
import io.ternmq.remoting.protocol.send.SendRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A message, or a batch, made ready once for all attempts of one send.
 *
 * @param messages what the application sends, for hooks; at least one
 * @param kind how it is to be asked for
 * @param topic where to, as brokers know it
 * @param body as it travels, perhaps compressed
 * @param properties the text with the unique id in it, without the id of the send
 * @param uniqueId of the message; of a batch those of all messages, joined by commas
 * @param sysFlag bits of {@link io.ternmq.common.message.SystemFlags}
 * @param flag the application's number
 */
record Outgoing(
        List<Message> messages,
        Kind kind,
        String topic,
        ByteBuffer body,
        String properties,
        String uniqueId,
        int sysFlag,
        int flag) {

    int bodyBytes() {
        return body.remaining();
    }

    /**
     * The request of one attempt.
     *
     * @param sendId which send and which repeat; empty for what is never repeated
     */
    SendRequest request(SendSettings settings, int queueId, long bornMillis, Optional<SendId> sendId) {
        String text = sendId.isEmpty()
                ? properties
                : PropertyString.append(
                        properties, MessageProperties.SEND_ID, sendId.get().text());
        return new SendRequest(
                settings.group(),
                topic,
                settings.template().topic(),
                settings.template().queuesMax(),
                queueId,
                sysFlag,
                bornMillis,
                flag,
                text,
                0,
                settings.isUnit(),
                OptionalInt.empty(),
                kind == Kind.BATCH,
                Optional.empty(),
                body.duplicate());
    }
}
