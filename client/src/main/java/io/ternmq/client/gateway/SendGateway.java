package io.ternmq.client.gateway;

import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.send.SendAnswer;
import io.ternmq.remoting.protocol.send.SendBackRequest;
import io.ternmq.remoting.protocol.send.SendRequest;
import io.ternmq.remoting.protocol.send.SendRpcs;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Brings messages to brokers. Stateless. */
public final class SendGateway {
    private final Calls calls;

    SendGateway(Calls calls) {
        this.calls = calls;
    }

    /**
     * A message that is stored.
     *
     * @param code SUCCESS, or FLUSH_DISK_TIMEOUT, FLUSH_SLAVE_TIMEOUT, SLAVE_NOT_AVAILABLE
     */
    public record Stored(int code, SendAnswer answer) {}

    public CompletionStage<Stored> send(String address, SendRequest message, Duration timeout) {
        return Answers.fold(
                calls.call(address, rpcOf(message), message, timeout), address, reply -> stored(reply, address));
    }

    /** Sends without an answer; completes when the message has been written to the connection. */
    public CompletionStage<Void> sendOneWay(String address, SendRequest message) {
        return calls.oneWay(address, rpcOf(message), message);
    }

    /** Has the broker that stores a message deliver it again later. */
    public CompletionStage<Void> sendBack(String address, SendBackRequest message, Duration timeout) {
        return Answers.done(calls.call(address, SendRpcs.CONSUMER_SEND_MSG_BACK, message, timeout), address);
    }

    private static Rpc<SendRequest, SendAnswer> rpcOf(SendRequest message) {
        return message.isBatch() ? SendRpcs.SEND_BATCH_MESSAGE : SendRpcs.SEND_MESSAGE_V2;
    }

    private static Stored stored(Reply reply, String address) throws MQBrokerException {
        return switch (reply.code()) {
            case ResponseCode.SUCCESS,
                    ResponseCode.FLUSH_DISK_TIMEOUT,
                    ResponseCode.FLUSH_SLAVE_TIMEOUT,
                    ResponseCode.SLAVE_NOT_AVAILABLE ->
                new Stored(reply.code(), reply.decode(SendRpcs.SEND_MESSAGE_V2));
            default -> throw Answers.refusal(reply, address);
        };
    }
}
