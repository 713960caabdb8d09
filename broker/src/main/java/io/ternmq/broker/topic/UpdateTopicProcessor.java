package io.ternmq.broker.topic;

import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.protocol.topic.TopicRpcs;
import io.ternmq.remoting.protocol.topic.UpdateTopicRequest;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Makes or changes a topic that an operator asks for (code 17). */
public final class UpdateTopicProcessor implements RequestProcessor {
    private final Topics topics;

    public UpdateTopicProcessor(Topics topics) {
        this.topics = topics;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        UpdateTopicRequest update = request.decode(TopicRpcs.UPDATE_AND_CREATE_TOPIC);
        return topics.update(update.topic(), present -> wanted(update, present)).thenApply(TopicReply::to);
    }

    private static TopicConfig wanted(UpdateTopicRequest update, Optional<TopicConfig> present) {
        Map<String, String> attributes =
                new LinkedHashMap<>(present.map(TopicConfig::attributes).orElse(Map.of()));
        update.attributeChanges().ifPresent(changes -> apply(changes, attributes));
        return new TopicConfig(
                update.topic(),
                update.readQueues(),
                update.writeQueues(),
                update.permission(),
                update.tagMode(),
                update.sysFlag(),
                update.isOrdered(),
                attributes);
    }

    // +name=value sets and -name removes; what has neither form is left out, as other brokers do.
    private static void apply(String changes, Map<String, String> attributes) {
        for (String change : changes.split(",", -1)) {
            String text = change.strip();
            int equals = text.indexOf('=');
            if (text.startsWith("+") && equals > 1) {
                attributes.put(
                        text.substring(1, equals).strip(),
                        text.substring(equals + 1).strip());
            } else if (text.startsWith("-")) {
                attributes.remove(text.substring(1).strip());
            }
        }
    }
}
