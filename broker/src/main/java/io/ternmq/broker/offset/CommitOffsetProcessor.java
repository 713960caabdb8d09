package io.ternmq.broker.offset;

import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.offset.CommitOffsetRequest;
import io.ternmq.remoting.protocol.offset.OffsetRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Notes how far a group has come (code 15). */
public final class CommitOffsetProcessor implements RequestProcessor {
    /** Beyond any queue id that a topic here can have. */
    private static final int QUEUE_ID_MAX = 65_535;

    private static final Optional<String> RESET_REMARK =
            Optional.of("Offset has been previously reset: this one is not noted, the next pull says where to go on");

    private final ConsumerOffsets offsets;
    private final Predicate<String> isGroup;
    private final Predicate<String> isTopic;

    /**
     * @param isGroup whether a group of that name exists
     * @param isTopic whether a topic of that name exists
     */
    public CommitOffsetProcessor(ConsumerOffsets offsets, Predicate<String> isGroup, Predicate<String> isTopic) {
        this.offsets = offsets;
        this.isGroup = isGroup;
        this.isTopic = isTopic;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        return answer(request.decode(OffsetRpcs.UPDATE_CONSUMER_OFFSET)).now();
    }

    private Response answer(CommitOffsetRequest commit) {
        if (!isGroup.test(commit.consumerGroup())) {
            return Response.refused(
                    ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST,
                    "Group " + commit.consumerGroup() + " does not exist on this broker");
        }
        if (!isTopic.test(commit.topic())) {
            return Response.refused(
                    ResponseCode.TOPIC_NOT_EXIST, "Topic " + commit.topic() + " does not exist on this broker");
        }
        if (commit.queueId() < 0 || commit.queueId() > QUEUE_ID_MAX || commit.offset() < 0) {
            return Response.refused(
                    ResponseCode.INVALID_PARAMETER,
                    "Offset " + commit.offset() + " of queue " + commit.queueId()
                            + ": expected an offset of 0 or more and a queue from 0 to " + QUEUE_ID_MAX);
        }
        return switch (offsets.commit(commit.consumerGroup(), commit.topic(), commit.queueId(), commit.offset())) {
            case COMMITTED -> Response.success();
            case RESET_WAITS -> new Response(ResponseCode.SUCCESS, RESET_REMARK, Payload.empty());
            case TABLE_FULL ->
                Response.refused(
                        ResponseCode.SYSTEM_ERROR, "As many consumer offsets are kept as may (maxConsumerOffsetCount)");
        };
    }
}
