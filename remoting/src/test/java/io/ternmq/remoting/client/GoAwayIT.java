package io.ternmq.remoting.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.remoting.frame.RemotingCommand;
import io.ternmq.remoting.protocol.RemotingConnectException;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.testing.NoLeaks;
import io.ternmq.remoting.testing.RawPeer;
import io.ternmq.remoting.testing.TestRpcs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a client does when a server says that it is leaving. */
@ExtendWith(NoLeaks.class)
final class GoAwayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RemotingClient client = new RemotingClient(ClientConfig.defaults(), RequestRouter.none());
    private ServerSocket listener;
    private String address;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        address = "127.0.0.1:" + listener.getLocalPort();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        listener.close();
    }

    @Test
    void theCallIsTriedOnceMoreOnAnotherConnection() throws IOException {
        CompletableFuture<Reply> call = client.call(address, TestRpcs.ECHO, "hello", PATIENCE);
        try (RawPeer first = new RawPeer(listener.accept())) {
            first.answer(first.read(), ResponseCode.GO_AWAY);
            try (RawPeer second = new RawPeer(listener.accept())) {
                RemotingCommand again = second.read();
                second.answer(again, ResponseCode.SUCCESS);

                assertThat(again.body().toBytes()).asString().isEqualTo("hello");
                assertThat(call)
                        .succeedsWithin(PATIENCE)
                        .extracting(Reply::code)
                        .isEqualTo(ResponseCode.SUCCESS);
                assertThat(first.isClosedByPeer()).isTrue();
            }
        }
    }

    @Test
    void otherCallsOnTheOldConnectionStillGetTheirAnswers() throws IOException {
        CompletableFuture<Reply> held = client.call(address, TestRpcs.HOLD, "held", PATIENCE);
        try (RawPeer first = new RawPeer(listener.accept())) {
            RemotingCommand heldRequest = first.read();
            CompletableFuture<Reply> call = client.call(address, TestRpcs.ECHO, "hello", PATIENCE);
            first.answer(first.read(), ResponseCode.GO_AWAY);
            try (RawPeer second = new RawPeer(listener.accept())) {
                second.answer(second.read(), ResponseCode.SUCCESS);
                assertThat(call).succeedsWithin(PATIENCE);

                first.answer(heldRequest, ResponseCode.SUCCESS);

                assertThat(held).succeedsWithin(PATIENCE);
                assertThat(first.isClosedByPeer()).isTrue();
            }
        }
    }

    @Test
    void aSecondGoAwayIsAFailure() throws IOException {
        CompletableFuture<Reply> call = client.call(address, TestRpcs.ECHO, "hello", PATIENCE);
        try (RawPeer first = new RawPeer(listener.accept())) {
            first.answer(first.read(), ResponseCode.GO_AWAY);
            try (RawPeer second = new RawPeer(listener.accept())) {
                second.answer(second.read(), ResponseCode.GO_AWAY);

                assertThat(call)
                        .failsWithin(PATIENCE)
                        .withThrowableOfType(ExecutionException.class)
                        .havingCause()
                        .isInstanceOf(RemotingConnectException.class)
                        .withMessageContaining("shutting down");
            }
        }
    }
}
