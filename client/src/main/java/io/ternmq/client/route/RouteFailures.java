package io.ternmq.client.route;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.route.NameServers.Asked;

/** Puts into words why a topic cannot be written. Stateless. */
final class RouteFailures {

    private RouteFailures() {}

    /** No name server knows the topic, nor the template that brokers would make it from. */
    static String noRoute(String topic, Template template, Asked asked, Asked askedTemplate) {
        StringBuilder text = new StringBuilder("No route info of this topic: ")
                .append(topic)
                .append(". Asked: ")
                .append(String.join("; ", asked.heard()))
                .append(". ");
        if (askedTemplate.route().isPresent()) {
            text.append("Template topic ")
                    .append(template.topic())
                    .append(" is there, but none of its brokers can be written now");
        } else if (askedTemplate.areAllSure()) {
            text.append("Template topic ")
                    .append(template.topic())
                    .append(" is not known either, so no broker registered there creates topics by itself:"
                            + " create the topic, start a broker, or set autoCreateTopicEnable=true");
        } else {
            text.append("Check namesrvAddr and that these name servers are up");
        }
        return text.toString();
    }

    /** The topic exists, but nobody may write to it now. */
    static MQClientException notWritable(String topic, io.ternmq.remoting.protocol.route.TopicRoute heard) {
        return new MQClientException(
                ClientErrorCode.BROKER_NOT_EXIST_EXCEPTION,
                "Topic " + topic + " has no queue that can be written: queues " + heard.queues() + ", brokers "
                        + heard.brokers() + ". Expected a queue with write permission on a broker with a master");
    }
}
