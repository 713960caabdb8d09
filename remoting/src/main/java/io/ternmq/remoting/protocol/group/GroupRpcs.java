package io.ternmq.remoting.protocol.group;

import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.RequestCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.body.JsonBody;

/** The requests about the consumer groups of one broker. */
public final class GroupRpcs {
    private static final PayloadCodec<GroupConfig> CONFIG =
            JsonBody.codec((json, config) -> config.write(json), GroupConfig::read);

    public static final Rpc<GroupConfig, Nothing> UPDATE_AND_CREATE_SUBSCRIPTIONGROUP = new Rpc<>(
            RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP,
            "UPDATE_AND_CREATE_SUBSCRIPTIONGROUP",
            CONFIG,
            PayloadCodec.nothing());

    /** Newer peers ask for pages; an answer without a total is all there is. */
    public static final Rpc<Nothing, GroupTable> GET_ALL_SUBSCRIPTIONGROUP_CONFIG = new Rpc<>(
            RequestCode.GET_ALL_SUBSCRIPTIONGROUP_CONFIG,
            "GET_ALL_SUBSCRIPTIONGROUP_CONFIG",
            PayloadCodec.nothing(),
            JsonBody.codec((json, table) -> table.write(json), GroupTable::read));

    public static final Rpc<GroupRequest, GroupConfig> GET_SUBSCRIPTIONGROUP_CONFIG = new Rpc<>(
            RequestCode.GET_SUBSCRIPTIONGROUP_CONFIG, "GET_SUBSCRIPTIONGROUP_CONFIG", GroupRequest.CODEC, CONFIG);

    public static final Rpc<DeleteGroupRequest, Nothing> DELETE_SUBSCRIPTIONGROUP = new Rpc<>(
            RequestCode.DELETE_SUBSCRIPTIONGROUP,
            "DELETE_SUBSCRIPTIONGROUP",
            DeleteGroupRequest.CODEC,
            PayloadCodec.nothing());

    private GroupRpcs() {}
}
