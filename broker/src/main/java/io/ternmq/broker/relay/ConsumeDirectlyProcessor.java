package io.ternmq.broker.relay;

import io.ternmq.broker.session.Client;
import io.ternmq.broker.store.MessageStore;
import io.ternmq.common.message.MessageId;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.session.ConsumeDirectlyRequest;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Has a consumer take one message now and tells what it made of it (code 309). May wait for the disk: for a lane that may. */
public final class ConsumeDirectlyProcessor implements RequestProcessor {
    private final MemberCalls members;
    private final MessageStore store;

    public ConsumeDirectlyProcessor(MemberCalls members, MessageStore store) {
        this.members = members;
        this.store = store;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        ConsumeDirectlyRequest wanted = request.decode(SessionRpcs.CONSUME_MESSAGE_DIRECTLY);
        Optional<Client> member = wanted.clientId().isPresent()
                ? members.find(wanted.consumerGroup(), wanted.clientId().get())
                : members.members(wanted.consumerGroup()).stream().findAny();
        if (member.isEmpty()) {
            return MemberCalls.notConnected(
                            wanted.consumerGroup(), wanted.clientId().orElse("any"))
                    .now();
        }
        String id = wanted.messageId().orElse("");
        Optional<ByteBuffer> record = MessageId.parse(id)
                .flatMap(place -> store.readRecord(place.position(), ConsumeDirectlyProcessor::copy));
        if (record.isEmpty()) {
            return Response.refused(
                            ResponseCode.SYSTEM_ERROR,
                            "no message of this broker has the id [" + id + "], which says where it lies")
                    .now();
        }
        return members.relay(
                member.get(),
                SessionRpcs.CONSUME_MESSAGE_DIRECTLY,
                new ConsumeDirectlyRequest(
                        wanted.consumerGroup(),
                        wanted.clientId(),
                        wanted.messageId(),
                        wanted.brokerName(),
                        wanted.topic(),
                        record.get()));
    }

    private static ByteBuffer copy(ByteBuffer record) {
        return ByteBuffer.allocate(record.remaining()).put(record.duplicate()).flip();
    }
}
