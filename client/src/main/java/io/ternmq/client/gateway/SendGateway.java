package io.ternmq.client.gateway;

import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.remoting.client.Caller;
import io.ternmq.remoting.frame.ProtocolException;
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
    public record Stored(int code, SendAnswer answer) {
        private static final Stored UNCONFIRMED =
                new Stored(ResponseCode.SUCCESS, SendAnswer.stored("", -1, -1, "", SendAnswer.DEFAULT_REGION, false));

        /** In place of an answer, where none is asked for. */
        public static Stored unconfirmed() {
            return UNCONFIRMED;
        }
    }

    /** How a message is to be asked for. */
    public enum Kind {
        MESSAGE,
        BATCH,
        /** The answer to a message that asked for one; the broker hands it on to who asked. */
        REPLY
    }

    /**
     * Who sends and awaits the answer. Told once how it ended, on a network thread, or on the sending one if the message
     * could not go out. Must not block.
     */
    public interface Sender {

        /** The message goes out next. On any thread. */
        void connected();

        void stored(Stored stored);

        /** Told of one of two kinds only, a {@code RemotingException} or an {@link MQBrokerException}. */
        void failed(Throwable cause);
    }

    public CompletionStage<Stored> send(String address, SendRequest message, Duration timeout) {
        return Answers.fold(
                calls.call(address, rpcOf(Kind.MESSAGE), message, timeout), address, reply -> stored(reply, address));
    }

    /** Sends and has the sender told of the answer. */
    public void send(String address, Kind kind, SendRequest message, Duration timeout, Sender sender) {
        calls.call(address, rpcOf(kind), message, timeout, new Answered(address, sender));
    }

    /** Turns a reply into what a sender is told. */
    private record Answered(String address, Sender sender) implements Caller {
        @Override
        public void connected() {
            sender.connected();
        }

        @Override
        public void answered(Reply reply) {
            Stored stored;
            try {
                stored = SendGateway.stored(reply, address);
            } catch (MQBrokerException e) {
                sender.failed(e);
                return;
            } catch (ProtocolException e) {
                sender.failed(Answers.unreadable(reply, address, e));
                return;
            }
            sender.stored(stored);
        }

        @Override
        public void failed(Throwable cause) {
            sender.failed(cause);
        }
    }

    /** Sends without an answer; completes when the message has been written to the connection. */
    public CompletionStage<Void> sendOneWay(String address, Kind kind, SendRequest message) {
        return calls.oneWay(address, rpcOf(kind), message);
    }

    /** Has the broker that stores a message deliver it again later. */
    public CompletionStage<Void> sendBack(String address, SendBackRequest message, Duration timeout) {
        return Answers.done(calls.call(address, SendRpcs.CONSUMER_SEND_MSG_BACK, message, timeout), address);
    }

    private static Rpc<SendRequest, SendAnswer> rpcOf(Kind kind) {
        return switch (kind) {
            case MESSAGE -> SendRpcs.SEND_MESSAGE_V2;
            case BATCH -> SendRpcs.SEND_BATCH_MESSAGE;
            case REPLY -> SendRpcs.SEND_REPLY_MESSAGE_V2;
        };
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
