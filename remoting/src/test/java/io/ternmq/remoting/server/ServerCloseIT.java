package io.ternmq.remoting.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.remoting.frame.LanguageCode;
import io.ternmq.remoting.frame.RemotingCommand;
import io.ternmq.remoting.frame.Serialization;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.testing.NoLeaks;
import io.ternmq.remoting.testing.RawPeer;
import io.ternmq.remoting.testing.TestRpcs;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a server goes. */
@ExtendWith(NoLeaks.class)
final class ServerCloseIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int VERSION_THAT_KNOWS = 476;
    private static final int VERSION_THAT_DOES_NOT = 475;

    private final Queue<CompletableFuture<Response>> held = new ConcurrentLinkedQueue<>();
    private final RequestRouter router = RequestRouter.builder()
            .on(TestRpcs.ECHO, Lane.inPlace(), TestRpcs.echo())
            .on(TestRpcs.HOLD, Lane.inPlace(), request -> {
                CompletableFuture<Response> answer = new CompletableFuture<>();
                held.add(answer);
                return answer;
            })
            .build();

    @Test
    void requestsInFlightAreAnsweredBeforeTheConnectionCloses() throws IOException {
        RemotingServer server = RemotingServer.start(patient(), router);
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.ask(TestRpcs.HOLD, 1, "held");
            await().atMost(PATIENCE).until(() -> held.size() == 1);

            CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
            await().atMost(PATIENCE).until(() -> isRefused(server.port()));
            held.remove().complete(Response.success());

            assertThat(peer.read().opaque()).isEqualTo(1);
            assertThat(peer.isClosedByPeer()).isTrue();
            assertThat(closing).succeedsWithin(PATIENCE);
        }
    }

    @Test
    void requestsThatAreNeverAnsweredHoldTheCloseForABoundedTimeOnly() throws IOException {
        RemotingServer server =
                RemotingServer.start(ServerConfig.local().withCloseWaitMax(Duration.ofMillis(50)), router);
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.ask(TestRpcs.HOLD, 1, "held");
            await().atMost(PATIENCE).until(() -> held.size() == 1);

            CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);

            assertThat(closing).succeedsWithin(PATIENCE);
            assertThat(peer.isClosedByPeer()).isTrue();
            held.remove().complete(Response.success());
        }
    }

    @Test
    void aLeavingServerTellsThosePeersToGoThatUnderstandIt() throws IOException {
        try (RemotingServer server = RemotingServer.start(patient(), router);
                RawPeer peer = RawPeer.connect(server.port())) {
            peer.ask(TestRpcs.ECHO, 1, "before");
            assertThat(peer.read().code()).isEqualTo(ResponseCode.SUCCESS);

            server.leave();

            peer.send(echo(2, VERSION_THAT_KNOWS, 0));
            RemotingCommand goAway = peer.read();
            assertThat(goAway.code()).isEqualTo(ResponseCode.GO_AWAY);
            assertThat(goAway.remark()).contains("please go away");
            peer.send(echo(3, VERSION_THAT_KNOWS, RemotingCommand.ONE_WAY_BIT));
            peer.send(echo(4, VERSION_THAT_DOES_NOT, 0));
            RemotingCommand served = peer.read();
            assertThat(served.opaque()).isEqualTo(4);
            assertThat(served.code()).isEqualTo(ResponseCode.SUCCESS);
            assertThat(isRefused(server.port())).isTrue();
        }
    }

    @Test
    void closingTwiceIsClosingOnce() throws IOException {
        RemotingServer server = RemotingServer.start(patient(), router);

        server.close();
        server.close();

        assertThat(isRefused(server.port())).isTrue();
    }

    private static ServerConfig patient() {
        return ServerConfig.local().withCloseWaitMax(PATIENCE);
    }

    private static RemotingCommand echo(int opaque, int version, int flag) {
        RemotingCommand ask = RawPeer.request(TestRpcs.ECHO, opaque, "text");
        return new RemotingCommand(
                Serialization.JSON,
                ask.code(),
                LanguageCode.JAVA,
                version,
                opaque,
                flag,
                Optional.empty(),
                ask.fields(),
                ask.body());
    }

    private static boolean isRefused(int port) throws IOException {
        try (RawPeer peer = RawPeer.connect(port)) {
            return peer.isClosedByPeer();
        } catch (ConnectException e) {
            return true;
        }
    }
}
