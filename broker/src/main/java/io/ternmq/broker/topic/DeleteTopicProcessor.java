package io.ternmq.broker.topic;

import io.ternmq.remoting.protocol.topic.TopicRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Deletes a topic with its queues and what groups have consumed of it (code 215). */
public final class DeleteTopicProcessor implements RequestProcessor {
    private final Topics topics;

    public DeleteTopicProcessor(Topics topics) {
        this.topics = topics;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        return topics.delete(request.decode(TopicRpcs.DELETE_TOPIC_IN_BROKER).topic())
                .thenApply(TopicReply::to);
    }
}
