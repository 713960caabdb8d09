package io.ternmq.broker.relay;

import io.ternmq.broker.session.Client;
import io.ternmq.broker.session.ClientSessions;
import io.ternmq.broker.session.ConsumerMembers;
import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.RemotingTimeoutException;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.server.Response;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Passes questions on to members of groups, over the connections that they opened. Stateless. */
public final class MemberCalls {
    /** How long a member may take for an answer; tools wait somewhat longer than that. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ClientSessions sessions;

    public MemberCalls(ClientSessions sessions) {
        this.sessions = sessions;
    }

    /** The members of a group that are connected now. */
    Collection<Client> members(String group) {
        return sessions.consumers(group).map(ConsumerMembers::members).orElse(List.of());
    }

    /** The latest connection of a member. */
    Optional<Client> find(String group, String clientId) {
        return members(group).stream()
                .filter(member -> member.clientId().equals(clientId))
                .reduce((earlier, later) -> later);
    }

    /** Asks a member, and gives its answer on as it is: releases may say more than this one knows. */
    <Q> CompletionStage<Response> relay(Client member, Rpc<Q, ?> rpc, Q question) {
        return member.connection()
                .call(rpc, question, TIMEOUT)
                .thenApply(MemberCalls::asIs)
                .exceptionally(failure -> failed(member, failure));
    }

    static Response notConnected(String group, String clientId) {
        return Response.refused(
                ResponseCode.SYSTEM_ERROR, "The Consumer <" + group + "> <" + clientId + "> not online");
    }

    private static Response asIs(Reply reply) {
        return new Response(reply.code(), reply.remark(), new Payload(reply.fields(), Body.of(reply.body())));
    }

    private static Response failed(Client member, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof RemotingTimeoutException
                ? Response.refused(
                        ResponseCode.CONSUME_MSG_TIMEOUT,
                        "Client " + member.clientId() + " has not answered within " + TIMEOUT.toSeconds() + " s")
                : Response.refused(
                        ResponseCode.SYSTEM_ERROR, "Client " + member.clientId() + " cannot be asked: " + cause);
    }
}
