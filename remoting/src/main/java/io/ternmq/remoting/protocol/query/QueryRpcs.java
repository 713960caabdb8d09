package io.ternmq.remoting.protocol.query;

import io.ternmq.remoting.protocol.RequestCode;
import io.ternmq.remoting.protocol.Rpc;

/** The requests that find messages. */
public final class QueryRpcs {
    public static final Rpc<QueryRequest, QueryAnswer> QUERY_MESSAGE =
            new Rpc<>(RequestCode.QUERY_MESSAGE, "QUERY_MESSAGE", QueryRequest.CODEC, QueryAnswer.CODEC);

    public static final Rpc<ViewRequest, ViewAnswer> VIEW_MESSAGE_BY_ID =
            new Rpc<>(RequestCode.VIEW_MESSAGE_BY_ID, "VIEW_MESSAGE_BY_ID", ViewRequest.CODEC, ViewAnswer.CODEC);

    private QueryRpcs() {}
}
