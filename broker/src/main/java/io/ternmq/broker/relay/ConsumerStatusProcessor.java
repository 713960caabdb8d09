package io.ternmq.broker.relay;

import io.ternmq.broker.session.Client;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.session.ConsumerPositionsRequest;
import io.ternmq.remoting.protocol.session.GroupPositions;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks the members of a group, or one of them, how far they are with a topic (code 223). */
public final class ConsumerStatusProcessor implements RequestProcessor {
    /** Members that are asked at one time; of a larger group, one must be named. */
    private static final int ASKED_MAX = 1024;

    private final MemberCalls members;

    public ConsumerStatusProcessor(MemberCalls members) {
        this.members = members;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        ConsumerPositionsRequest wanted = request.decode(SessionRpcs.INVOKE_BROKER_TO_GET_CONSUMER_STATUS);
        Collection<Client> asked = asked(wanted);
        if (asked.isEmpty()) {
            return Response.refused(
                            ResponseCode.SYSTEM_ERROR,
                            "No Any Consumer online in the consumer group: [" + wanted.group() + "]"
                                    + wanted.clientId()
                                            .map(id -> " by the id " + id)
                                            .orElse(""))
                    .now();
        }
        if (asked.size() > ASKED_MAX) {
            return Response.refused(
                            ResponseCode.SYSTEM_ERROR,
                            "Group " + wanted.group() + " has " + asked.size() + " members, and at most " + ASKED_MAX
                                    + " are asked at once: name one")
                    .now();
        }
        Map<String, CompletableFuture<Reply>> answers = new TreeMap<>();
        asked.forEach(member -> answers.put(
                member.clientId(),
                member.connection().call(SessionRpcs.GET_CONSUMER_STATUS_FROM_CLIENT, wanted, MemberCalls.TIMEOUT)));
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture<?>[]::new))
                .handle((all, failure) -> answer(answers));
    }

    private Collection<Client> asked(ConsumerPositionsRequest wanted) {
        return wanted.clientId().filter(id -> !id.isBlank()).isPresent()
                ? members.find(wanted.group(), wanted.clientId().get())
                        .map(List::of)
                        .orElse(List.of())
                : members.members(wanted.group());
    }

    // Members that cannot say are left out, unless nobody can: an operator sees who is missing, and the rest.
    private static Response answer(Map<String, CompletableFuture<Reply>> answers) {
        Map<String, Map<MessageQueue, Long>> byClient = new TreeMap<>();
        answers.forEach((clientId, answer) -> {
            if (!answer.isCompletedExceptionally() && answer.join().isSuccess()) {
                byClient.put(
                        clientId,
                        answer.join()
                                .decode(SessionRpcs.GET_CONSUMER_STATUS_FROM_CLIENT)
                                .offsets());
            }
        });
        return byClient.isEmpty()
                ? Response.refused(
                        ResponseCode.SYSTEM_ERROR,
                        "None of the clients " + answers.keySet() + " has said how far it is")
                : Response.success(SessionRpcs.INVOKE_BROKER_TO_GET_CONSUMER_STATUS, new GroupPositions(byClient));
    }
}
