package io.ternmq.broker.reset;

import io.ternmq.broker.offset.ConsumerOffsets;
import io.ternmq.broker.offset.ConsumerOffsets.CommitOutcome;
import io.ternmq.broker.session.ClientSessions;
import io.ternmq.broker.session.ConsumerMembers;
import io.ternmq.broker.topic.Topics;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.offset.CloneOffsetsRequest;
import io.ternmq.remoting.protocol.offset.OffsetRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Has one group begin where another is (code 314), topic by topic. */
public final class CloneOffsetsProcessor implements RequestProcessor {
    private final Topics topics;
    private final ConsumerOffsets offsets;
    private final ClientSessions sessions;

    public CloneOffsetsProcessor(Topics topics, ConsumerOffsets offsets, ClientSessions sessions) {
        this.topics = topics;
        this.offsets = offsets;
        this.sessions = sessions;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        return answer(request.decode(OffsetRpcs.CLONE_GROUP_OFFSET)).now();
    }

    private Response answer(CloneOffsetsRequest wanted) {
        Set<String> wished = wanted.topic().map(Set::of).orElseGet(() -> offsets.topicsOf(wanted.from()));
        for (String topic : wished) {
            if (topics.find(topic).isEmpty() || (!wanted.isOffline() && isNoLongerRead(wanted.from(), topic))) {
                continue;
            }
            if (offsets.copy(wanted.from(), wanted.to(), topic) == CommitOutcome.TABLE_FULL) {
                return Response.refused(
                        ResponseCode.SYSTEM_ERROR,
                        "As many consumer offsets are kept as may (maxConsumerOffsetCount); topic " + topic
                                + " and those after it are not copied");
            }
        }
        return Response.success();
    }

    /** Whether members of the group are connected and none of them subscribes to the topic. */
    private boolean isNoLongerRead(String group, String topic) {
        Optional<ConsumerMembers> members = sessions.consumers(group);
        return members.isPresent()
                && !members.get().subscriptions().isEmpty()
                && members.get().subscription(topic).isEmpty();
    }
}
