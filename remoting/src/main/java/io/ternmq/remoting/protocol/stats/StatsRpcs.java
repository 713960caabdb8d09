package io.ternmq.remoting.protocol.stats;

import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.RequestCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.body.TextTable;

/** The requests about what a broker holds and how far groups are. */
public final class StatsRpcs {
    /** The broker's state by the names that tools know. */
    public static final Rpc<Nothing, TextTable> GET_BROKER_RUNTIME_INFO = new Rpc<>(
            RequestCode.GET_BROKER_RUNTIME_INFO, "GET_BROKER_RUNTIME_INFO", PayloadCodec.nothing(), TextTable.CODEC);

    public static final Rpc<TopicRequest, TopicStats> GET_TOPIC_STATS_INFO =
            new Rpc<>(RequestCode.GET_TOPIC_STATS_INFO, "GET_TOPIC_STATS_INFO", TopicRequest.CODEC, TopicStats.CODEC);

    public static final Rpc<ConsumeStatsRequest, ConsumeStats> GET_CONSUME_STATS = new Rpc<>(
            RequestCode.GET_CONSUME_STATS, "GET_CONSUME_STATS", ConsumeStatsRequest.CODEC, ConsumeStats.CODEC);

    public static final Rpc<TopicRequest, GroupList> QUERY_TOPIC_CONSUME_BY_WHO = new Rpc<>(
            RequestCode.QUERY_TOPIC_CONSUME_BY_WHO, "QUERY_TOPIC_CONSUME_BY_WHO", TopicRequest.CODEC, GroupList.CODEC);

    /** From when to when the messages of each queue are, and where a group is between them. */
    public static final Rpc<TimeSpanRequest, TimeSpans> QUERY_CONSUME_TIME_SPAN = new Rpc<>(
            RequestCode.QUERY_CONSUME_TIME_SPAN, "QUERY_CONSUME_TIME_SPAN", TimeSpanRequest.CODEC, TimeSpans.CODEC);

    private StatsRpcs() {}
}
