package io.ternmq.client.gateway;

import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.offset.CommitOffsetRequest;
import io.ternmq.remoting.protocol.offset.CommittedOffsetRequest;
import io.ternmq.remoting.protocol.offset.OffsetAnswer;
import io.ternmq.remoting.protocol.offset.OffsetRpcs;
import io.ternmq.remoting.protocol.offset.QueueRequest;
import io.ternmq.remoting.protocol.offset.SearchOffsetRequest;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Asks brokers for places in queues and tells them how far groups have read. Stateless. */
public final class OffsetGateway {
    private final Calls calls;

    OffsetGateway(Calls calls) {
        this.calls = calls;
    }

    /**
     * How far a group has read; empty if the broker does not know. For a group that has read nothing the broker may say 0
     * where the queue still begins there.
     */
    public CompletionStage<OptionalLong> committed(String address, String group, MessageQueue queue, Duration timeout) {
        var question = new CommittedOffsetRequest(group, queue.getTopic(), queue.getQueueId(), true);
        return Answers.fold(
                calls.call(address, OffsetRpcs.QUERY_CONSUMER_OFFSET, question, timeout), address, reply -> {
                    if (reply.code() == ResponseCode.QUERY_NOT_FOUND) {
                        return OptionalLong.empty();
                    }
                    Answers.requireSuccess(reply, address);
                    return OptionalLong.of(
                            reply.decode(OffsetRpcs.QUERY_CONSUMER_OFFSET).offset());
                });
    }

    /** Says how far a group has read; completes when the broker has it. */
    public CompletionStage<Void> commit(
            String address, String group, MessageQueue queue, long offset, Duration timeout) {
        var question = commitment(group, queue, offset);
        return Answers.done(calls.call(address, OffsetRpcs.UPDATE_CONSUMER_OFFSET, question, timeout), address);
    }

    /** Says how far a group has read; completes when that is written to the connection. */
    public CompletionStage<Void> commitOneWay(String address, String group, MessageQueue queue, long offset) {
        return calls.oneWay(address, OffsetRpcs.UPDATE_CONSUMER_OFFSET, commitment(group, queue, offset));
    }

    /** The offset of the first message there is. */
    public CompletionStage<Long> min(String address, MessageQueue queue, Duration timeout) {
        return offset(
                address, OffsetRpcs.GET_MIN_OFFSET, new QueueRequest(queue.getTopic(), queue.getQueueId()), timeout);
    }

    /** The offset that the next message will get. */
    public CompletionStage<Long> max(String address, MessageQueue queue, Duration timeout) {
        return offset(
                address, OffsetRpcs.GET_MAX_OFFSET, new QueueRequest(queue.getTopic(), queue.getQueueId()), timeout);
    }

    /** The first offset stored at or after a wall time of the broker. */
    public CompletionStage<Long> at(String address, MessageQueue queue, long wallMillis, Duration timeout) {
        var question = new SearchOffsetRequest(queue.getTopic(), queue.getQueueId(), wallMillis, false);
        return offset(address, OffsetRpcs.SEARCH_OFFSET_BY_TIMESTAMP, question, timeout);
    }

    /** Wall time at which the broker stored the first message there is; -1 if there is none. */
    public CompletionStage<Long> earliestStoreMillis(String address, MessageQueue queue, Duration timeout) {
        var question = new QueueRequest(queue.getTopic(), queue.getQueueId());
        return Answers.fold(
                calls.call(address, OffsetRpcs.GET_EARLIEST_MSG_STORETIME, question, timeout), address, reply -> {
                    Answers.requireSuccess(reply, address);
                    return reply.decode(OffsetRpcs.GET_EARLIEST_MSG_STORETIME).storedMillis();
                });
    }

    private <Q> CompletionStage<Long> offset(String address, Rpc<Q, OffsetAnswer> rpc, Q question, Duration timeout) {
        return Answers.fold(calls.call(address, rpc, question, timeout), address, reply -> {
            Answers.requireSuccess(reply, address);
            return reply.decode(rpc).offset();
        });
    }

    private static CommitOffsetRequest commitment(String group, MessageQueue queue, long offset) {
        return new CommitOffsetRequest(group, queue.getTopic(), queue.getQueueId(), offset);
    }
}
