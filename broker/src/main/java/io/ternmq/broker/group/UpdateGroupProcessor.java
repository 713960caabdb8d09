package io.ternmq.broker.group;

import io.ternmq.remoting.protocol.group.GroupRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Makes or changes a group that an operator asks for (code 200). */
public final class UpdateGroupProcessor implements RequestProcessor {
    private final ConsumerGroups groups;

    public UpdateGroupProcessor(ConsumerGroups groups) {
        this.groups = groups;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        return groups.update(request.decode(GroupRpcs.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP))
                .thenApply(GroupReply::to);
    }
}
