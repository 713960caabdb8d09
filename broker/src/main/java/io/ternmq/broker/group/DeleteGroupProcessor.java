package io.ternmq.broker.group;

import io.ternmq.remoting.protocol.group.DeleteGroupRequest;
import io.ternmq.remoting.protocol.group.GroupRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Deletes a group, and what it has consumed if the operator wants so (code 207). */
public final class DeleteGroupProcessor implements RequestProcessor {
    private final ConsumerGroups groups;
    private final Consumer<String> forgetOffsets;

    /** @param forgetOffsets forgets how far the group of that name has come */
    public DeleteGroupProcessor(ConsumerGroups groups, Consumer<String> forgetOffsets) {
        this.groups = groups;
        this.forgetOffsets = forgetOffsets;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        DeleteGroupRequest delete = request.decode(GroupRpcs.DELETE_SUBSCRIPTIONGROUP);
        return groups.delete(delete.group()).thenApply(outcome -> {
            if (delete.deletesOffsets()) {
                forgetOffsets.accept(delete.group());
            }
            return GroupReply.to(outcome);
        });
    }
}
