package io.ternmq.remoting.protocol.config;

import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.RequestCode;
import io.ternmq.remoting.protocol.Rpc;

/** The requests about the configuration of a running server. */
public final class ConfigRpcs {
    public static final Rpc<ConfigText, Nothing> UPDATE_BROKER_CONFIG = new Rpc<>(
            RequestCode.UPDATE_BROKER_CONFIG, "UPDATE_BROKER_CONFIG", ConfigText.CODEC, PayloadCodec.nothing());

    public static final Rpc<Nothing, BrokerConfigAnswer> GET_BROKER_CONFIG = new Rpc<>(
            RequestCode.GET_BROKER_CONFIG, "GET_BROKER_CONFIG", PayloadCodec.nothing(), BrokerConfigAnswer.CODEC);

    public static final Rpc<ConfigText, Nothing> UPDATE_NAMESRV_CONFIG = new Rpc<>(
            RequestCode.UPDATE_NAMESRV_CONFIG, "UPDATE_NAMESRV_CONFIG", ConfigText.CODEC, PayloadCodec.nothing());

    public static final Rpc<Nothing, ConfigText> GET_NAMESRV_CONFIG =
            new Rpc<>(RequestCode.GET_NAMESRV_CONFIG, "GET_NAMESRV_CONFIG", PayloadCodec.nothing(), ConfigText.CODEC);

    private ConfigRpcs() {}
}
