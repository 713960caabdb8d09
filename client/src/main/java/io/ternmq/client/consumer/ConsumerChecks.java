package io.ternmq.client.consumer;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.common.topic.GroupNames;
import io.ternmq.common.topic.TopicNames;
import java.util.Optional;

/** Checks of what an application asks of a consumer of either kind. Stateless. */
final class ConsumerChecks {

    private ConsumerChecks() {}

    static void topic(String topic) throws MQClientException {
        Optional<String> problem = topic == null ? Optional.of("Topic is null") : TopicNames.problemOf(topic);
        if (problem.isPresent()) {
            throw new MQClientException(ClientErrorCode.UNKNOWN, problem.get());
        }
    }

    static void group(String group) throws MQClientException {
        Optional<String> problem = group == null ? Optional.of("Consumer group is null") : GroupNames.problemOf(group);
        if (problem.isPresent() || GroupNames.DEFAULT_CONSUMER.equals(group)) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN,
                    problem.orElse("Consumer group " + group + " is the system's own: choose another"));
        }
    }

    /** A consumer starts once: what it had is given away when it is shut down. */
    static void mayStart(boolean isRunning, boolean isOver, String group) throws MQClientException {
        if (isRunning || isOver) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN,
                    "The consumer of group " + group + " was " + (isOver ? "shut down" : "started")
                            + " before: make a new one");
        }
    }

    static MQClientException notRunning(String group) {
        return new MQClientException(ClientErrorCode.UNKNOWN, "The consumer of group " + group + " is not running");
    }
}
