package io.ternmq.remoting.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.server.Lane;
import io.ternmq.remoting.server.RemotingServer;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.server.Response;
import io.ternmq.remoting.server.ServerConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RoundTripIT {
    private static final PayloadCodec<String> TEXT = PayloadCodec.of(
            text -> new Payload(
                    HeaderFields.builder().put("length", text.length()).build(),
                    Body.of(text.getBytes(StandardCharsets.UTF_8))),
            (fields, body) -> StandardCharsets.UTF_8.decode(body).toString());
    private static final Rpc<String, String> ECHO = new Rpc<>(31_001, "ECHO", TEXT, TEXT);

    @Test
    void aQuestionComesBackAsItsAnswer() throws Exception {
        RequestRouter router = RequestRouter.builder()
                .on(
                        ECHO,
                        Lane.inPlace(),
                        request -> Response.success(ECHO, request.decode(ECHO)).now())
                .build();
        try (RemotingServer server = RemotingServer.start(ServerConfig.local(), router);
                RemotingClient client = new RemotingClient(ClientConfig.defaults(), RequestRouter.none())) {
            Reply reply = client.call("127.0.0.1:" + server.port(), ECHO, "hällo", Duration.ofSeconds(3))
                    .get(5, TimeUnit.SECONDS);

            assertThat(reply.code()).isEqualTo(ResponseCode.SUCCESS);
            assertThat(reply.decode(ECHO)).isEqualTo("hällo");
        }
    }
}
