package io.ternmq.broker.send;

import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.send.SendAnswer;
import io.ternmq.remoting.protocol.send.SendRequest;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes one message, in one of the two spellings of its header (codes 10 and 310); a batch if the header says so. */
public final class SendMessageProcessor implements RequestProcessor {
    private final Rpc<SendRequest, SendAnswer> rpc;
    private final SendService service;
    private final SendReply reply;

    /** @param rpc decides the spelling */
    public SendMessageProcessor(Rpc<SendRequest, SendAnswer> rpc, SendService service, SendConfig config) {
        this.rpc = rpc;
        this.service = service;
        this.reply = new SendReply(config);
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        SendRequest send = request.decode(rpc);
        CompletableFuture<SendOutcome> outcome = send.isBatch()
                ? service.sendBatch(send, request.connection().remoteAddress())
                : service.send(send, request.connection().remoteAddress());
        return outcome.thenApply(reply::to);
    }
}
