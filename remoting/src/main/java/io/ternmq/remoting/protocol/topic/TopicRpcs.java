package io.ternmq.remoting.protocol.topic;

import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.RequestCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.body.JsonBody;
import io.ternmq.remoting.protocol.body.TopicConfigJson;
import io.ternmq.remoting.protocol.body.TopicList;

/** The requests about the topics of one broker. */
public final class TopicRpcs {
    public static final Rpc<UpdateTopicRequest, Nothing> UPDATE_AND_CREATE_TOPIC = new Rpc<>(
            RequestCode.UPDATE_AND_CREATE_TOPIC,
            "UPDATE_AND_CREATE_TOPIC",
            UpdateTopicRequest.CODEC,
            PayloadCodec.nothing());

    public static final Rpc<TopicRequest, Nothing> DELETE_TOPIC_IN_BROKER = new Rpc<>(
            RequestCode.DELETE_TOPIC_IN_BROKER, "DELETE_TOPIC_IN_BROKER", TopicRequest.CODEC, PayloadCodec.nothing());

    public static final Rpc<TopicRequest, TopicConfig> GET_TOPIC_CONFIG = new Rpc<>(
            RequestCode.GET_TOPIC_CONFIG,
            "GET_TOPIC_CONFIG",
            TopicRequest.CODEC,
            JsonBody.codec(TopicConfigJson::write, TopicConfigJson::read));

    public static final Rpc<AllTopicsRequest, AllTopicsAnswer> GET_ALL_TOPIC_CONFIG = new Rpc<>(
            RequestCode.GET_ALL_TOPIC_CONFIG, "GET_ALL_TOPIC_CONFIG", AllTopicsRequest.CODEC, AllTopicsAnswer.CODEC);

    public static final Rpc<Nothing, TopicList> GET_SYSTEM_TOPIC_LIST_FROM_BROKER = new Rpc<>(
            RequestCode.GET_SYSTEM_TOPIC_LIST_FROM_BROKER,
            "GET_SYSTEM_TOPIC_LIST_FROM_BROKER",
            PayloadCodec.nothing(),
            TopicList.CODEC);

    private TopicRpcs() {}
}
