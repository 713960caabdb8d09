package io.ternmq.broker.topic;

import io.ternmq.remoting.protocol.topic.TopicRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Shows how one topic is laid out here (code 351). */
public final class TopicConfigProcessor implements RequestProcessor {
    private final Topics topics;

    public TopicConfigProcessor(Topics topics) {
        this.topics = topics;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        String topic = request.decode(TopicRpcs.GET_TOPIC_CONFIG).topic();
        return topics.find(topic)
                .map(config -> Response.success(TopicRpcs.GET_TOPIC_CONFIG, config))
                .orElseGet(() -> TopicReply.unknown(topic))
                .now();
    }
}
