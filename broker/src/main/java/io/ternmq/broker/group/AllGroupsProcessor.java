package io.ternmq.broker.group;

import io.ternmq.remoting.protocol.group.GroupRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Shows all groups of this broker at once (code 201). */
public final class AllGroupsProcessor implements RequestProcessor {
    private final ConsumerGroups groups;

    public AllGroupsProcessor(ConsumerGroups groups) {
        this.groups = groups;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        return Response.success(GroupRpcs.GET_ALL_SUBSCRIPTIONGROUP_CONFIG, groups.table())
                .now();
    }
}
