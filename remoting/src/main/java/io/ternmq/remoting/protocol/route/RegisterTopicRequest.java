package io.ternmq.remoting.protocol.route;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.PayloadCodec;
import java.nio.ByteBuffer;

/**
 * Makes a topic known on brokers that are registered; code 217.
 *
 * @param topic the topic
 * @param route its queues; nothing else of it is used
 */
public record RegisterTopicRequest(String topic, TopicRoute route) {
    static final PayloadCodec<RegisterTopicRequest> CODEC =
            PayloadCodec.of(RegisterTopicRequest::encode, RegisterTopicRequest::decode);

    private Payload encode() {
        return new Payload(
                HeaderFields.builder().put("topic", topic).build(),
                TopicRoute.CODEC.encode(route).body());
    }

    private static RegisterTopicRequest decode(HeaderFields fields, ByteBuffer body) {
        return new RegisterTopicRequest(fields.text("topic"), TopicRoute.CODEC.decode(fields, body));
    }
}
