package io.ternmq.broker.query;

import io.ternmq.broker.offset.ConsumerOffsets;
import io.ternmq.broker.session.ClientSessions;
import io.ternmq.remoting.protocol.stats.GroupList;
import io.ternmq.remoting.protocol.stats.StatsRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/** Names the groups that subscribe to a topic now, and those that have read it (code 300). */
public final class WhoConsumesProcessor implements RequestProcessor {
    private final ClientSessions sessions;
    private final ConsumerOffsets offsets;

    public WhoConsumesProcessor(ClientSessions sessions, ConsumerOffsets offsets) {
        this.sessions = sessions;
        this.offsets = offsets;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        String topic = request.decode(StatsRpcs.QUERY_TOPIC_CONSUME_BY_WHO).topic();
        Set<String> groups = new TreeSet<>(sessions.groupsReading(topic));
        groups.addAll(offsets.groupsOf(topic));
        return Response.success(StatsRpcs.QUERY_TOPIC_CONSUME_BY_WHO, new GroupList(List.copyOf(groups)))
                .now();
    }
}
