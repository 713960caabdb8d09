package io.ternmq.client.route;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.common.topic.Permission;
import io.ternmq.remoting.protocol.route.QueueRoute;
import java.util.List;

/** Puts into words why a topic cannot be written. Stateless. */
final class RouteFailures {

    private RouteFailures() {}

    /** The topic exists, but nobody may write to it now. */
    static MQClientException notWritable(String topic, io.ternmq.remoting.protocol.route.TopicRoute heard) {
        return new MQClientException(ClientErrorCode.BROKER_NOT_EXIST_EXCEPTION, causeOf(topic, heard));
    }

    private static String causeOf(String topic, io.ternmq.remoting.protocol.route.TopicRoute heard) {
        String what = "Topic " + topic + " exists but has no queue that can be written: ";
        if (heard.queues().isEmpty()) {
            return what + "no broker has a queue of it";
        }
        List<QueueRoute> writable = heard.queues().stream()
                .filter(queue -> Permission.isWritable(queue.permission()) && queue.writeQueues() > 0)
                .toList();
        if (writable.isEmpty()) {
            return what + "its queues have no write permission. Queues " + heard.queues();
        }
        return what + "brokers " + writable.stream().map(QueueRoute::brokerName).toList()
                + " have no master registered now. Brokers " + heard.brokers();
    }
}
