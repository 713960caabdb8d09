package io.ternmq.broker.send;

import io.ternmq.remoting.protocol.send.SendRequest;
import io.ternmq.remoting.protocol.send.SendRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Takes several messages for one queue (code 320), all of them or none. */
public final class SendBatchProcessor implements RequestProcessor {
    private final SendService service;
    private final SendReply reply;

    public SendBatchProcessor(SendService service, SendConfig config) {
        this.service = service;
        this.reply = new SendReply(config);
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        SendRequest send = request.decode(SendRpcs.SEND_BATCH_MESSAGE);
        return service.sendBatch(send, request.connection().remoteAddress()).thenApply(reply::to);
    }
}
