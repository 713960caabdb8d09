package io.ternmq.remoting.protocol.offset;

import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.RequestCode;
import io.ternmq.remoting.protocol.Rpc;

/** The requests about places in queues. */
public final class OffsetRpcs {
    /** The offset that the next message will get. */
    public static final Rpc<QueueRequest, OffsetAnswer> GET_MAX_OFFSET =
            new Rpc<>(RequestCode.GET_MAX_OFFSET, "GET_MAX_OFFSET", QueueRequest.CODEC, OffsetAnswer.CODEC);

    /** The offset of the first message there is. */
    public static final Rpc<QueueRequest, OffsetAnswer> GET_MIN_OFFSET =
            new Rpc<>(RequestCode.GET_MIN_OFFSET, "GET_MIN_OFFSET", QueueRequest.CODEC, OffsetAnswer.CODEC);

    public static final Rpc<SearchOffsetRequest, OffsetAnswer> SEARCH_OFFSET_BY_TIMESTAMP = new Rpc<>(
            RequestCode.SEARCH_OFFSET_BY_TIMESTAMP,
            "SEARCH_OFFSET_BY_TIMESTAMP",
            SearchOffsetRequest.CODEC,
            OffsetAnswer.CODEC);

    public static final Rpc<QueueRequest, StoreTimeAnswer> GET_EARLIEST_MSG_STORETIME = new Rpc<>(
            RequestCode.GET_EARLIEST_MSG_STORETIME,
            "GET_EARLIEST_MSG_STORETIME",
            QueueRequest.CODEC,
            StoreTimeAnswer.CODEC);

    public static final Rpc<CommittedOffsetRequest, OffsetAnswer> QUERY_CONSUMER_OFFSET = new Rpc<>(
            RequestCode.QUERY_CONSUMER_OFFSET,
            "QUERY_CONSUMER_OFFSET",
            CommittedOffsetRequest.CODEC,
            OffsetAnswer.CODEC);

    public static final Rpc<CommitOffsetRequest, Nothing> UPDATE_CONSUMER_OFFSET = new Rpc<>(
            RequestCode.UPDATE_CONSUMER_OFFSET,
            "UPDATE_CONSUMER_OFFSET",
            CommitOffsetRequest.CODEC,
            PayloadCodec.nothing());

    /** From tools to the broker: a group goes on elsewhere. */
    public static final Rpc<ResetByTimeRequest, ResetAnswer> INVOKE_BROKER_TO_RESET_OFFSET = new Rpc<>(
            RequestCode.INVOKE_BROKER_TO_RESET_OFFSET,
            "INVOKE_BROKER_TO_RESET_OFFSET",
            ResetByTimeRequest.CODEC,
            ResetAnswer.CODEC);

    public static final Rpc<CloneOffsetsRequest, Nothing> CLONE_GROUP_OFFSET = new Rpc<>(
            RequestCode.CLONE_GROUP_OFFSET, "CLONE_GROUP_OFFSET", CloneOffsetsRequest.CODEC, PayloadCodec.nothing());

    private OffsetRpcs() {}
}
