package io.ternmq.broker.topic;

import io.ternmq.remoting.protocol.topic.AllTopicsAnswer;
import io.ternmq.remoting.protocol.topic.TopicRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Shows all topics of this broker at once (code 21). */
public final class AllTopicsProcessor implements RequestProcessor {
    private final Topics topics;

    public AllTopicsProcessor(Topics topics) {
        this.topics = topics;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        return Response.success(TopicRpcs.GET_ALL_TOPIC_CONFIG, AllTopicsAnswer.everything(topics.table()))
                .now();
    }
}
