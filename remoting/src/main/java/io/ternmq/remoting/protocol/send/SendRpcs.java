package io.ternmq.remoting.protocol.send;

import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.RequestCode;
import io.ternmq.remoting.protocol.Rpc;

/** The requests that bring messages to a broker. */
public final class SendRpcs {
    /** Long field names; old clients and some of other languages. */
    public static final Rpc<SendRequest, SendAnswer> SEND_MESSAGE =
            new Rpc<>(RequestCode.SEND_MESSAGE, "SEND_MESSAGE", SendRequestCodec.LONG_NAMES, SendAnswer.CODEC);

    /** One-letter field names; what clients send today. */
    public static final Rpc<SendRequest, SendAnswer> SEND_MESSAGE_V2 = new Rpc<>(
                    RequestCode.SEND_MESSAGE_V2, "SEND_MESSAGE_V2", SendRequestCodec.LETTERS, SendAnswer.CODEC)
            .frequent();

    public static final Rpc<SendRequest, SendAnswer> SEND_BATCH_MESSAGE = new Rpc<>(
                    RequestCode.SEND_BATCH_MESSAGE, "SEND_BATCH_MESSAGE", SendRequestCodec.LETTERS, SendAnswer.CODEC)
            .frequent();

    public static final Rpc<SendBackRequest, Nothing> CONSUMER_SEND_MSG_BACK = new Rpc<>(
            RequestCode.CONSUMER_SEND_MSG_BACK,
            "CONSUMER_SEND_MSG_BACK",
            SendBackRequest.CODEC,
            PayloadCodec.nothing());

    public static final Rpc<EndTransactionRequest, Nothing> END_TRANSACTION = new Rpc<>(
            RequestCode.END_TRANSACTION, "END_TRANSACTION", EndTransactionRequest.CODEC, PayloadCodec.nothing());

    /** A reply to a request message, long field names. */
    public static final Rpc<SendRequest, SendAnswer> SEND_REPLY_MESSAGE = new Rpc<>(
            RequestCode.SEND_REPLY_MESSAGE, "SEND_REPLY_MESSAGE", SendRequestCodec.LONG_NAMES, SendAnswer.CODEC);

    /** A reply to a request message, one-letter field names. */
    public static final Rpc<SendRequest, SendAnswer> SEND_REPLY_MESSAGE_V2 = new Rpc<>(
            RequestCode.SEND_REPLY_MESSAGE_V2, "SEND_REPLY_MESSAGE_V2", SendRequestCodec.LETTERS, SendAnswer.CODEC);

    private SendRpcs() {}
}
