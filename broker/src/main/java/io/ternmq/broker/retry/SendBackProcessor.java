package io.ternmq.broker.retry;

import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.send.SendBackRequest;
import io.ternmq.remoting.protocol.send.SendRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/**
 * Refuses messages that consumers send back (code 36), since this broker does not hold messages back yet and one that
 * came again at once would be retried without pause.
 *
 * <p>Nothing is lost by the refusal: the client then tries to send the message to the retry topic itself, which asks for
 * a delay and is refused as well, whereupon it keeps the message, does not commit beyond it, and gives it to its
 * listener again after 5 s.
 */
public final class SendBackProcessor implements RequestProcessor {

    @Override
    public CompletionStage<Response> process(Request request) {
        SendBackRequest sentBack = request.decode(SendRpcs.CONSUMER_SEND_MSG_BACK);
        return Response.refused(
                        ResponseCode.SYSTEM_ERROR,
                        "This broker does not hold messages back yet: group " + sentBack.group()
                                + " keeps the message at position " + sentBack.position() + " and retries it itself")
                .now();
    }
}
