package io.ternmq.remoting.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.remoting.frame.RemotingCommand;
import io.ternmq.remoting.protocol.RemotingSendRequestException;
import io.ternmq.remoting.protocol.RemotingTimeoutException;
import io.ternmq.remoting.protocol.RemotingTooMuchRequestException;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.testing.NoLeaks;
import io.ternmq.remoting.testing.RawPeer;
import io.ternmq.remoting.testing.TestRpcs;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a server asks of those who connected to it. */
@ExtendWith(NoLeaks.class)
final class ServerCallsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicReference<Connection> connection = new AtomicReference<>();
    private RemotingServer server;
    private RawPeer peer;

    @BeforeEach
    void connect() throws IOException {
        RequestRouter router = RequestRouter.builder()
                .on(TestRpcs.ECHO, Lane.inPlace(), request -> {
                    connection.set(request.connection());
                    return TestRpcs.echo().process(request);
                })
                .build();
        ServerConfig config = ServerConfig.local();
        server = RemotingServer.start(config.withLimits(config.limits().withCallsMax(2)), router);
        peer = RawPeer.connect(server.port());
        peer.ask(TestRpcs.ECHO, 0, "hello");
        peer.read();
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        server.close();
    }

    @Test
    void aCallIsAnsweredByThePeer() throws IOException {
        CompletableFuture<Reply> reply = connection.get().call(TestRpcs.HOLD, "what?", PATIENCE);
        RemotingCommand asked = peer.read();
        peer.answer(asked, ResponseCode.CONSUMER_NOT_ONLINE);

        assertThat(asked.code()).isEqualTo(TestRpcs.HOLD.code());
        assertThat(asked.isAnswer()).isFalse();
        assertThat(asked.body().toBytes()).asString().isEqualTo("what?");
        assertThat(reply).succeedsWithin(PATIENCE).extracting(Reply::code).isEqualTo(ResponseCode.CONSUMER_NOT_ONLINE);
    }

    @Test
    void bothDirectionsMayUseTheSameNumbers() throws IOException {
        CompletableFuture<Reply> reply = connection.get().call(TestRpcs.HOLD, "what?", PATIENCE);
        RemotingCommand asked = peer.read();
        peer.ask(TestRpcs.ECHO, asked.opaque(), "mine");
        RemotingCommand answer = peer.read();
        peer.answer(asked, ResponseCode.SUCCESS);

        assertThat(answer.isAnswer()).isTrue();
        assertThat(answer.opaque()).isEqualTo(asked.opaque());
        assertThat(reply).succeedsWithin(PATIENCE);
    }

    @Test
    void answersToNothingAskedAreIgnored() throws IOException {
        peer.answer(RawPeer.request(TestRpcs.ECHO, 4711, "never asked"), ResponseCode.SUCCESS);
        peer.ask(TestRpcs.ECHO, 1, "still there");

        assertThat(peer.read().opaque()).isEqualTo(1);
    }

    @Test
    void aCallWithoutAnAnswerFailsWhenItsTimeIsUp() throws IOException {
        CompletableFuture<Reply> reply = connection.get().call(TestRpcs.HOLD, "what?", Duration.ofMillis(50));
        RemotingCommand asked = peer.read();

        assertThat(reply)
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOf(RemotingTimeoutException.class)
                .withMessageContaining("HOLD(30002)")
                .withMessageContaining("127.0.0.1:")
                .withMessageContaining("within 50 ms");
        peer.answer(asked, ResponseCode.SUCCESS);
        peer.ask(TestRpcs.ECHO, 1, "still there");
        assertThat(peer.read().opaque()).isEqualTo(1);
    }

    @Test
    void callsInFlightAreLimited() throws IOException {
        CompletableFuture<Reply> first = connection.get().call(TestRpcs.HOLD, "1", PATIENCE);
        CompletableFuture<Reply> second = connection.get().call(TestRpcs.HOLD, "2", PATIENCE);
        CompletableFuture<Reply> third = connection.get().call(TestRpcs.HOLD, "3", PATIENCE);

        assertThat(third)
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RemotingTooMuchRequestException.class);
        peer.answer(peer.read(), ResponseCode.SUCCESS);
        assertThat(first).succeedsWithin(PATIENCE);
        CompletableFuture<Reply> fourth = connection.get().call(TestRpcs.HOLD, "4", PATIENCE);
        peer.answer(peer.read(), ResponseCode.SUCCESS);
        peer.answer(peer.read(), ResponseCode.SUCCESS);
        assertThat(second).succeedsWithin(PATIENCE);
        assertThat(fourth).succeedsWithin(PATIENCE);
    }

    @Test
    void callsFailAtOnceWhenThePeerGoes() throws IOException {
        CompletableFuture<Reply> reply = connection.get().call(TestRpcs.HOLD, "what?", Duration.ofHours(1));
        AtomicInteger closes = new AtomicInteger();
        connection.get().onClose(closes::incrementAndGet);
        peer.read();

        peer.close();

        assertThat(reply)
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RemotingSendRequestException.class);
        await().atMost(PATIENCE).until(() -> closes.get() == 1);
        assertThat(connection.get().isOpen()).isFalse();
        assertThat(connection.get().call(TestRpcs.HOLD, "anybody?", PATIENCE))
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RemotingSendRequestException.class);
        connection.get().onClose(closes::incrementAndGet);
        await().atMost(PATIENCE).until(() -> closes.get() == 2);
    }

    @Test
    void oneWayRequestsCarryTheirMark() throws IOException {
        connection.get().oneWay(TestRpcs.HOLD, "by the way");

        RemotingCommand asked = peer.read();
        assertThat(asked.isOneWay()).isTrue();
        assertThat(asked.body().toBytes()).asString().isEqualTo("by the way");
    }

    @Test
    void oneWayRequestsToAClosedConnectionAreDropped() throws IOException {
        peer.close();
        await().atMost(PATIENCE).until(() -> !connection.get().isOpen());

        connection.get().oneWay(TestRpcs.HOLD, "anybody?");

        assertThat(server.connections()).isZero();
    }

    @Test
    void tasksRunOnTheConnectionsOwnThread() {
        AtomicReference<String> thread = new AtomicReference<>();

        connection.get().execute(() -> thread.set(Thread.currentThread().getName()));

        await().atMost(PATIENCE).until(() -> thread.get() != null);
        assertThat(thread.get()).startsWith("net-io-");
    }

    @Test
    void addressesAreKnown() {
        assertThat(connection.get().localAddress().getPort()).isEqualTo(server.port());
        assertThat(connection.get().remoteAddress().getAddress().isLoopbackAddress())
                .isTrue();
        assertThat(connection.get().id()).startsWith("127.0.0.1:");
    }
}
