package io.ternmq.remoting.protocol.session;

import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.RequestCode;
import io.ternmq.remoting.protocol.Rpc;

/** The requests by which clients are known. */
public final class SessionRpcs {
    public static final Rpc<Heartbeat, HeartbeatAnswer> HEART_BEAT =
            new Rpc<>(RequestCode.HEART_BEAT, "HEART_BEAT", Heartbeat.CODEC, HeartbeatAnswer.CODEC);

    public static final Rpc<UnregisterClientRequest, Nothing> UNREGISTER_CLIENT = new Rpc<>(
            RequestCode.UNREGISTER_CLIENT, "UNREGISTER_CLIENT", UnregisterClientRequest.CODEC, PayloadCodec.nothing());

    public static final Rpc<ConsumerGroupRequest, ConsumerIds> GET_CONSUMER_LIST_BY_GROUP = new Rpc<>(
            RequestCode.GET_CONSUMER_LIST_BY_GROUP,
            "GET_CONSUMER_LIST_BY_GROUP",
            ConsumerGroupRequest.CODEC,
            ConsumerIds.CODEC);

    /** From the broker to clients, one-way: members joined or left. */
    public static final Rpc<ConsumerGroupRequest, Nothing> NOTIFY_CONSUMER_IDS_CHANGED = new Rpc<>(
            RequestCode.NOTIFY_CONSUMER_IDS_CHANGED,
            "NOTIFY_CONSUMER_IDS_CHANGED",
            ConsumerGroupRequest.CODEC,
            PayloadCodec.nothing());

    public static final Rpc<LockRequest, LockAnswer> LOCK_BATCH_MQ =
            new Rpc<>(RequestCode.LOCK_BATCH_MQ, "LOCK_BATCH_MQ", LockRequest.CODEC, LockAnswer.CODEC);

    public static final Rpc<LockRequest, Nothing> UNLOCK_BATCH_MQ =
            new Rpc<>(RequestCode.UNLOCK_BATCH_MQ, "UNLOCK_BATCH_MQ", LockRequest.CODEC, PayloadCodec.nothing());

    public static final Rpc<CheckSubscriptionRequest, Nothing> CHECK_CLIENT_CONFIG = new Rpc<>(
            RequestCode.CHECK_CLIENT_CONFIG,
            "CHECK_CLIENT_CONFIG",
            CheckSubscriptionRequest.CODEC,
            PayloadCodec.nothing());

    public static final Rpc<ConsumerGroupRequest, ConsumerConnections> GET_CONSUMER_CONNECTION_LIST = new Rpc<>(
            RequestCode.GET_CONSUMER_CONNECTION_LIST,
            "GET_CONSUMER_CONNECTION_LIST",
            ConsumerGroupRequest.CODEC,
            ConsumerConnections.CODEC);

    public static final Rpc<ProducerGroupRequest, ProducerConnections> GET_PRODUCER_CONNECTION_LIST = new Rpc<>(
            RequestCode.GET_PRODUCER_CONNECTION_LIST,
            "GET_PRODUCER_CONNECTION_LIST",
            ProducerGroupRequest.CODEC,
            ProducerConnections.CODEC);

    /** From tools to the broker and from the broker to the client. */
    public static final Rpc<RunningInfoRequest, RunningInfo> GET_CONSUMER_RUNNING_INFO = new Rpc<>(
            RequestCode.GET_CONSUMER_RUNNING_INFO,
            "GET_CONSUMER_RUNNING_INFO",
            RunningInfoRequest.CODEC,
            RunningInfo.CODEC);

    /** From tools to the broker and from the broker to the client. */
    public static final Rpc<ConsumeDirectlyRequest, ConsumeOutcome> CONSUME_MESSAGE_DIRECTLY = new Rpc<>(
            RequestCode.CONSUME_MESSAGE_DIRECTLY,
            "CONSUME_MESSAGE_DIRECTLY",
            ConsumeDirectlyRequest.CODEC,
            ConsumeOutcome.CODEC);

    /** From the broker to clients, one-way: go on elsewhere. */
    public static final Rpc<ResetOffsetsRequest, Nothing> RESET_CONSUMER_CLIENT_OFFSET = new Rpc<>(
            RequestCode.RESET_CONSUMER_CLIENT_OFFSET,
            "RESET_CONSUMER_CLIENT_OFFSET",
            ResetOffsetsRequest.CODEC,
            PayloadCodec.nothing());

    /** From the broker to the client: how far it is. */
    public static final Rpc<ConsumerPositionsRequest, ConsumerPositions> GET_CONSUMER_STATUS_FROM_CLIENT = new Rpc<>(
            RequestCode.GET_CONSUMER_STATUS_FROM_CLIENT,
            "GET_CONSUMER_STATUS_FROM_CLIENT",
            ConsumerPositionsRequest.CODEC,
            ConsumerPositions.CODEC);

    /** From tools to the broker, which asks its clients: how far they are. */
    public static final Rpc<ConsumerPositionsRequest, GroupPositions> INVOKE_BROKER_TO_GET_CONSUMER_STATUS = new Rpc<>(
            RequestCode.INVOKE_BROKER_TO_GET_CONSUMER_STATUS,
            "INVOKE_BROKER_TO_GET_CONSUMER_STATUS",
            ConsumerPositionsRequest.CODEC,
            GroupPositions.CODEC);

    private SessionRpcs() {}
}
