package io.ternmq.remoting.protocol.route;

import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.RequestCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.body.TopicList;

/** The requests of the name server about brokers and the topics they serve. */
public final class RouteRpcs {
    private static final PayloadCodec<BrokerIdentity> BROKER =
            PayloadCodec.header(broker -> broker.fields().build(), BrokerIdentity::decode);
    private static final PayloadCodec<BrokerIdentity> BROKER_MAYBE_WITHOUT_ID =
            PayloadCodec.header(broker -> broker.fields().build(), BrokerIdentity::decodeLenient);

    /** Answers in the dialect; {@link TopicRoute#payload} gives the strict form. */
    public static final Rpc<RouteRequest, TopicRoute> GET_ROUTEINFO_BY_TOPIC = new Rpc<>(
            RequestCode.GET_ROUTEINFO_BY_TOPIC, "GET_ROUTEINFO_BY_TOPIC", RouteRequest.CODEC, TopicRoute.CODEC);

    public static final Rpc<RegisterBrokerRequest, RegisterBrokerAnswer> REGISTER_BROKER = new Rpc<>(
            RequestCode.REGISTER_BROKER, "REGISTER_BROKER", RegisterBrokerRequest.CODEC, RegisterBrokerAnswer.CODEC);

    public static final Rpc<BrokerIdentity, Nothing> UNREGISTER_BROKER =
            new Rpc<>(RequestCode.UNREGISTER_BROKER, "UNREGISTER_BROKER", BROKER, PayloadCodec.nothing());

    /** Renews a lease and changes nothing else. */
    public static final Rpc<BrokerIdentity, Nothing> BROKER_HEARTBEAT = new Rpc<>(
            RequestCode.BROKER_HEARTBEAT, "BROKER_HEARTBEAT", BROKER_MAYBE_WITHOUT_ID, PayloadCodec.nothing());

    public static final Rpc<DataVersionQuery, DataVersionAnswer> QUERY_DATA_VERSION = new Rpc<>(
            RequestCode.QUERY_DATA_VERSION, "QUERY_DATA_VERSION", DataVersionQuery.CODEC, DataVersionAnswer.CODEC);

    public static final Rpc<Nothing, ClusterInfo> GET_BROKER_CLUSTER_INFO = new Rpc<>(
            RequestCode.GET_BROKER_CLUSTER_INFO, "GET_BROKER_CLUSTER_INFO", PayloadCodec.nothing(), ClusterInfo.CODEC);

    public static final Rpc<Nothing, TopicList> GET_ALL_TOPIC_LIST_FROM_NAMESERVER =
            list(RequestCode.GET_ALL_TOPIC_LIST_FROM_NAMESERVER, "GET_ALL_TOPIC_LIST_FROM_NAMESERVER");

    /** Names of clusters and brokers, each of which is a topic too. */
    public static final Rpc<Nothing, TopicList> GET_SYSTEM_TOPIC_LIST_FROM_NS =
            list(RequestCode.GET_SYSTEM_TOPIC_LIST_FROM_NS, "GET_SYSTEM_TOPIC_LIST_FROM_NS");

    public static final Rpc<ClusterRequest, TopicList> GET_TOPICS_BY_CLUSTER = new Rpc<>(
            RequestCode.GET_TOPICS_BY_CLUSTER, "GET_TOPICS_BY_CLUSTER", ClusterRequest.CODEC, TopicList.CODEC);

    public static final Rpc<Nothing, TopicList> GET_UNIT_TOPIC_LIST =
            list(RequestCode.GET_UNIT_TOPIC_LIST, "GET_UNIT_TOPIC_LIST");

    public static final Rpc<Nothing, TopicList> GET_HAS_UNIT_SUB_TOPIC_LIST =
            list(RequestCode.GET_HAS_UNIT_SUB_TOPIC_LIST, "GET_HAS_UNIT_SUB_TOPIC_LIST");

    public static final Rpc<Nothing, TopicList> GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST =
            list(RequestCode.GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST, "GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST");

    public static final Rpc<BrokerNameRequest, TopicCount> WIPE_WRITE_PERM_OF_BROKER = new Rpc<>(
            RequestCode.WIPE_WRITE_PERM_OF_BROKER,
            "WIPE_WRITE_PERM_OF_BROKER",
            BrokerNameRequest.CODEC,
            TopicCount.WIPED);

    public static final Rpc<BrokerNameRequest, TopicCount> ADD_WRITE_PERM_OF_BROKER = new Rpc<>(
            RequestCode.ADD_WRITE_PERM_OF_BROKER,
            "ADD_WRITE_PERM_OF_BROKER",
            BrokerNameRequest.CODEC,
            TopicCount.ADDED);

    public static final Rpc<DeleteRouteRequest, Nothing> DELETE_TOPIC_IN_NAMESRV = new Rpc<>(
            RequestCode.DELETE_TOPIC_IN_NAMESRV,
            "DELETE_TOPIC_IN_NAMESRV",
            DeleteRouteRequest.CODEC,
            PayloadCodec.nothing());

    public static final Rpc<RegisterTopicRequest, Nothing> REGISTER_TOPIC_IN_NAMESRV = new Rpc<>(
            RequestCode.REGISTER_TOPIC_IN_NAMESRV,
            "REGISTER_TOPIC_IN_NAMESRV",
            RegisterTopicRequest.CODEC,
            PayloadCodec.nothing());

    public static final Rpc<MemberGroupRequest, MemberGroup> GET_BROKER_MEMBER_GROUP = new Rpc<>(
            RequestCode.GET_BROKER_MEMBER_GROUP,
            "GET_BROKER_MEMBER_GROUP",
            MemberGroupRequest.CODEC,
            MemberGroup.CODEC);

    /** Asked of a name server by a broker that it knows. */
    public static final Rpc<CheckAddressRequest, AddressCheck> CHECK_BROKER_ADDRESS = new Rpc<>(
            RequestCode.CHECK_BROKER_ADDRESS,
            "CHECK_BROKER_ADDRESS",
            PayloadCodec.header(CheckAddressRequest::fields, CheckAddressRequest::decode),
            PayloadCodec.header(AddressCheck::fields, AddressCheck::decode));

    /** Asked of a broker, by whoever wants to know whether it is the one it looked for. */
    public static final Rpc<Nothing, BrokerInstance> IDENTIFY_BROKER = new Rpc<>(
            RequestCode.IDENTIFY_BROKER,
            "IDENTIFY_BROKER",
            PayloadCodec.nothing(),
            PayloadCodec.header(BrokerInstance::fields, BrokerInstance::decode));

    private RouteRpcs() {}

    private static Rpc<Nothing, TopicList> list(int code, String name) {
        return new Rpc<>(code, name, PayloadCodec.nothing(), TopicList.CODEC);
    }
}
