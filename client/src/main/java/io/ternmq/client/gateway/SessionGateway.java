package io.ternmq.client.gateway;

import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.session.CheckSubscriptionRequest;
import io.ternmq.remoting.protocol.session.ConsumerGroupRequest;
import io.ternmq.remoting.protocol.session.Heartbeat;
import io.ternmq.remoting.protocol.session.LockRequest;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.protocol.session.UnregisterClientRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Makes a client known to brokers and asks them who else is. Stateless. */
public final class SessionGateway {
    private final Calls calls;

    SessionGateway(Calls calls) {
        this.calls = calls;
    }

    /** Tells a broker that the client lives and what it does. */
    public CompletionStage<Void> heartbeat(String address, Heartbeat heartbeat, Duration timeout) {
        return Answers.done(calls.call(address, SessionRpcs.HEART_BEAT, heartbeat, timeout), address);
    }

    public CompletionStage<Void> unregister(String address, UnregisterClientRequest leaving, Duration timeout) {
        return Answers.done(calls.call(address, SessionRpcs.UNREGISTER_CLIENT, leaving, timeout), address);
    }

    /** The members of a group that are connected to this broker. */
    public CompletionStage<List<String>> members(String address, String group, Duration timeout) {
        ConsumerGroupRequest question = new ConsumerGroupRequest(group);
        return Answers.fold(
                calls.call(address, SessionRpcs.GET_CONSUMER_LIST_BY_GROUP, question, timeout), address, reply -> {
                    Answers.requireSuccess(reply, address);
                    return reply.decode(SessionRpcs.GET_CONSUMER_LIST_BY_GROUP).clientIds();
                });
    }

    /** Leases queues to a client alone, for a while; gives those that it has now. */
    public CompletionStage<Set<MessageQueue>> lock(String address, LockRequest wanted, Duration timeout) {
        return Answers.fold(calls.call(address, SessionRpcs.LOCK_BATCH_MQ, wanted, timeout), address, reply -> {
            Answers.requireSuccess(reply, address);
            return Set.copyOf(reply.decode(SessionRpcs.LOCK_BATCH_MQ).locked());
        });
    }

    /** Gives leases of queues back. */
    public CompletionStage<Void> unlock(String address, LockRequest leased, Duration timeout) {
        return Answers.done(calls.call(address, SessionRpcs.UNLOCK_BATCH_MQ, leased, timeout), address);
    }

    /** Asks whether the broker can use a subscription; fails with its reason if not. */
    public CompletionStage<Void> check(String address, CheckSubscriptionRequest question, Duration timeout) {
        return Answers.done(calls.call(address, SessionRpcs.CHECK_CLIENT_CONFIG, question, timeout), address);
    }
}
