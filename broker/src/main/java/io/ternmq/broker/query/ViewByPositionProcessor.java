package io.ternmq.broker.query;

import io.ternmq.broker.store.MessageStore;
import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.query.QueryRpcs;
import io.ternmq.remoting.protocol.query.ViewAnswer;
import io.ternmq.remoting.protocol.query.ViewRequest;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Gives the message at the place that its broker's id names (code 33). May wait for the disk: for a lane that may. */
public final class ViewByPositionProcessor implements RequestProcessor {
    private final MessageStore store;

    public ViewByPositionProcessor(MessageStore store) {
        this.store = store;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        ViewRequest view = request.decode(QueryRpcs.VIEW_MESSAGE_BY_ID);
        Optional<ByteBuffer> message = store.readRecord(view.position(), ViewByPositionProcessor::copy);
        return message.map(bytes -> Response.success(QueryRpcs.VIEW_MESSAGE_BY_ID, new ViewAnswer(Body.of(bytes))))
                .orElseGet(() -> Response.refused(
                        ResponseCode.SYSTEM_ERROR,
                        "no message begins at " + view.position() + " of the commit log, which reaches from "
                                + store.state().minPosition() + " to "
                                + store.state().appendedPosition()))
                .now();
    }

    private static ByteBuffer copy(ByteBuffer record) {
        return ByteBuffer.allocate(record.remaining()).put(record.duplicate()).flip();
    }
}
