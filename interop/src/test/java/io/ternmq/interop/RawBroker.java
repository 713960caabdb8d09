package io.ternmq.interop;

import io.ternmq.common.message.MessageRecord;
import io.ternmq.remoting.client.ClientConfig;
import io.ternmq.remoting.client.RemotingClient;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import io.ternmq.remoting.protocol.pull.PullAnswer;
import io.ternmq.remoting.protocol.pull.PullFlags;
import io.ternmq.remoting.protocol.pull.PullRequest;
import io.ternmq.remoting.protocol.pull.PullRpcs;
import io.ternmq.remoting.protocol.send.SendRequest;
import io.ternmq.remoting.protocol.send.SendRpcs;
import io.ternmq.remoting.protocol.session.CheckSubscriptionRequest;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.server.RequestRouter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/** A broker of either make, asked without any client library, so that what is sent is exactly what a test wrote. */
final class RawBroker implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int QUEUES = 1;

    private final RemotingClient client = new RemotingClient(ClientConfig.defaults(), RequestRouter.none());
    private final String address;
    private final String group;

    RawBroker(String address, String group) {
        this.address = address;
        this.group = group;
    }

    /** Stores a message in queue 0, with the property string as it is. */
    void send(String topic, String properties) {
        SendRequest message = new SendRequest(
                group,
                topic,
                "TBW102",
                QUEUES,
                0,
                0,
                System.currentTimeMillis(),
                0,
                properties,
                0,
                false,
                OptionalInt.empty(),
                false,
                Optional.empty(),
                ByteBuffer.wrap(new byte[] {'x'}));
        require(ask(SendRpcs.SEND_MESSAGE_V2, message), ResponseCode.SUCCESS);
    }

    /** Asks whether a subscription can be used, as clients do when they start (code 46). */
    Reply check(String topic, String condition) {
        return ask(
                SessionRpcs.CHECK_CLIENT_CONFIG,
                new CheckSubscriptionRequest(
                        group,
                        group,
                        Optional.empty(),
                        SubscriptionData.of(topic, condition, SubscriptionData.SQL92, 1)));
    }

    /** One pull from queue 0 that brings its expression with it. */
    Reply pull(String topic, String expression, String type, long offset) {
        PullRequest pull = new PullRequest(
                group,
                topic,
                0,
                offset,
                32,
                PullFlags.SUBSCRIPTION,
                0,
                0,
                Optional.of(expression),
                1,
                Optional.of(type),
                OptionalInt.empty(),
                Optional.empty());
        return ask(PullRpcs.PULL_MESSAGE, pull);
    }

    /** Offsets of the messages in queue 0, which has so many, that a condition lets pass. */
    SortedSet<Long> matching(String topic, String condition, long count) {
        SortedSet<Long> offsets = new TreeSet<>();
        long next = 0;
        while (next < count) {
            Reply reply = pull(topic, condition, SubscriptionData.SQL92, next);
            require(reply, ResponseCode.SUCCESS, ResponseCode.PULL_RETRY_IMMEDIATELY);
            PullAnswer answer = reply.decode(PullRpcs.PULL_MESSAGE);
            MessageRecord record = new MessageRecord();
            for (ByteBuffer records : answer.messages().buffers()) {
                ByteBuffer rest = records.duplicate();
                while (record.wrap(rest)) {
                    offsets.add(record.queueOffset());
                    rest.position(rest.position() + record.size());
                }
            }
            if (answer.nextOffset() <= next) {
                throw new AssertionError("pull of " + condition + " stays at " + next + ": " + reply);
            }
            next = answer.nextOffset();
        }
        return offsets;
    }

    private <Q> Reply ask(Rpc<Q, ?> rpc, Q question) {
        return client.call(address, rpc, question, TIMEOUT).join();
    }

    private static void require(Reply reply, int... codes) {
        for (int code : codes) {
            if (reply.code() == code) {
                return;
            }
        }
        throw new AssertionError("unexpected answer " + reply);
    }

    @Override
    public void close() {
        client.close();
    }
}
