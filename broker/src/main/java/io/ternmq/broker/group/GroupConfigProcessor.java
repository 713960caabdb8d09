package io.ternmq.broker.group;

import io.ternmq.remoting.protocol.group.GroupRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Shows how one group is treated here (code 352). */
public final class GroupConfigProcessor implements RequestProcessor {
    private final ConsumerGroups groups;

    public GroupConfigProcessor(ConsumerGroups groups) {
        this.groups = groups;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        String group = request.decode(GroupRpcs.GET_SUBSCRIPTIONGROUP_CONFIG).group();
        return groups.find(group)
                .map(config -> Response.success(GroupRpcs.GET_SUBSCRIPTIONGROUP_CONFIG, config))
                .orElseGet(() -> GroupReply.unknown(group))
                .now();
    }
}
