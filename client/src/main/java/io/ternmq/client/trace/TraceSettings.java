package io.ternmq.client.trace;

import io.ternmq.client.ClientConfig;
import io.ternmq.client.Namespace;
import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.common.topic.TopicNames;
import java.util.Optional;

/**
 * How a client traces, as it was set when it started.
 *
 * @param topic where records are sent
 * @param group of the producer or consumer, as brokers know it
 * @param namespace of its group and topics, which records do not show
 * @param sendAt records that wait at which they are sent at once
 */
public record TraceSettings(String topic, String group, Namespace namespace, int sendAt) {
    static final int SEND_AT_MAX = 1_000;

    /**
     * Takes a snapshot; empty if the client is not to trace.
     *
     * @throws MQClientException if the topic's name or the number cannot be used
     */
    public static Optional<TraceSettings> of(ClientConfig config, String group, Namespace namespace)
            throws MQClientException {
        if (!config.isEnableTrace()) {
            return Optional.empty();
        }
        String topic = Optional.ofNullable(config.getTraceTopic())
                .filter(text -> !text.isBlank())
                .orElse(TopicNames.TRACE);
        Optional<String> problem = TopicNames.problemOf(topic);
        if (problem.isPresent()) {
            throw new MQClientException(ClientErrorCode.UNKNOWN, "traceTopic is not valid: " + problem.get());
        }
        int sendAt = config.getTraceMsgBatchNum();
        if (sendAt < 1 || sendAt > SEND_AT_MAX) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN,
                    "traceMsgBatchNum=" + sendAt + " is not valid: expected 1 to " + SEND_AT_MAX);
        }
        return Optional.of(new TraceSettings(topic, group, namespace, sendAt));
    }

    /** The group as the application knows it. */
    String plainGroup() {
        return namespace.plain(group);
    }

    /** Whether messages of a topic are traced: not those that are traces. */
    boolean covers(String fullTopic) {
        return !fullTopic.equals(topic);
    }
}
