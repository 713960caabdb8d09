package io.ternmq.remoting.protocol.kv;

import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.RequestCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.body.TextTable;

/** The requests about texts kept by namespace and key. */
public final class KvRpcs {
    public static final Rpc<KvEntry, Nothing> PUT_KV_CONFIG =
            new Rpc<>(RequestCode.PUT_KV_CONFIG, "PUT_KV_CONFIG", KvEntry.CODEC, PayloadCodec.nothing());

    public static final Rpc<KvKey, KvValue> GET_KV_CONFIG =
            new Rpc<>(RequestCode.GET_KV_CONFIG, "GET_KV_CONFIG", KvKey.CODEC, KvValue.CODEC);

    public static final Rpc<KvKey, Nothing> DELETE_KV_CONFIG =
            new Rpc<>(RequestCode.DELETE_KV_CONFIG, "DELETE_KV_CONFIG", KvKey.CODEC, PayloadCodec.nothing());

    public static final Rpc<NamespaceRequest, TextTable> GET_KVLIST_BY_NAMESPACE = new Rpc<>(
            RequestCode.GET_KVLIST_BY_NAMESPACE, "GET_KVLIST_BY_NAMESPACE", NamespaceRequest.CODEC, TextTable.CODEC);

    private KvRpcs() {}
}
