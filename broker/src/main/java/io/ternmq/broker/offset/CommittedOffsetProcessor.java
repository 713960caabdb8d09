package io.ternmq.broker.offset;

import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.offset.CommittedOffsetRequest;
import io.ternmq.remoting.protocol.offset.OffsetAnswer;
import io.ternmq.remoting.protocol.offset.OffsetRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Tells a consumer how far its group has come (code 14), which decides where new groups begin. */
public final class CommittedOffsetProcessor implements RequestProcessor {
    private final ConsumerOffsets offsets;
    private final YoungQueues youngQueues;

    public CommittedOffsetProcessor(ConsumerOffsets offsets, YoungQueues youngQueues) {
        this.offsets = offsets;
        this.youngQueues = youngQueues;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        CommittedOffsetRequest query = request.decode(OffsetRpcs.QUERY_CONSUMER_OFFSET);
        OptionalLong committed = offsets.committed(query.consumerGroup(), query.topic(), query.queueId());
        if (committed.isPresent()) {
            return found(committed.getAsLong()).now();
        }
        // Nobody's clock or heartbeat decides here: a group that is new to a young queue must not miss its messages.
        if (query.mayStartAtZero() && youngQueues.isYoung(query.topic(), query.queueId())) {
            return found(0).now();
        }
        return Response.refused(
                        ResponseCode.QUERY_NOT_FOUND,
                        "Not found, maybe this group consumer boot first: " + query.consumerGroup()
                                + " has no offset in " + query.topic() + " queue " + query.queueId())
                .now();
    }

    private static Response found(long offset) {
        return Response.success(OffsetRpcs.QUERY_CONSUMER_OFFSET, new OffsetAnswer(offset));
    }
}
