package io.ternmq.remoting.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.frame.Frames;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.frame.RemotingCommand;
import io.ternmq.remoting.testing.NoLeaks;
import io.ternmq.remoting.testing.RawPeer;
import io.ternmq.remoting.testing.TestRpcs;
import io.ternmq.remoting.transport.LinkLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one connection may take up, and that it harms no other. */
@ExtendWith(NoLeaks.class)
final class ServerLimitsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LARGE_ANSWER = 30_200;

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
    void aConnectionIsNotReadWhileTooManyOfItsRequestsAwaitAnswers() throws IOException {
        try (RemotingServer server = start(limits -> limits.withRequestsMax(3));
                RawPeer peer = RawPeer.connect(server.port());
                RawPeer other = RawPeer.connect(server.port())) {
            for (int opaque = 0; opaque < 10; opaque++) {
                peer.ask(TestRpcs.HOLD, opaque, "held");
            }
            await().atMost(PATIENCE).until(() -> held.size() == 3);
            assertServes(other);
            assertThat(held).hasSize(3);

            for (int opaque = 0; opaque < 10; opaque++) {
                await().atMost(PATIENCE).until(() -> !held.isEmpty());
                held.remove().complete(Response.success());
                assertThat(peer.read().opaque()).isEqualTo(opaque);
                assertThat(held.size()).isLessThanOrEqualTo(3);
            }
        }
    }

    @Test
    void aConnectionIsNotReadWhileItsRequestsHoldTooManyBytes() throws IOException {
        try (RemotingServer server = start(limits -> limits.withRequestBytesMax(1000));
                RawPeer peer = RawPeer.connect(server.port());
                RawPeer other = RawPeer.connect(server.port())) {
            for (int opaque = 0; opaque < 6; opaque++) {
                peer.ask(TestRpcs.HOLD, opaque, "x".repeat(400));
            }
            await().atMost(PATIENCE).until(() -> held.size() == 3);
            assertServes(other);
            assertThat(held).hasSize(3);

            for (int count = 0; count < 6; count++) {
                await().atMost(PATIENCE).until(() -> !held.isEmpty());
                held.remove().complete(Response.success());
                assertThat(peer.read().opaque()).isEqualTo(count);
            }
        }
    }

    @Test
    void aConnectionThatTakesNothingIsNotReadAndGetsAllOnceItDoes() throws IOException {
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger released = new AtomicInteger();
        ByteBuffer large = ByteBuffer.allocateDirect(256 * 1024);
        RequestRouter routes = RequestRouter.builder()
                .on(TestRpcs.ECHO, Lane.inPlace(), TestRpcs.echo())
                .on(LARGE_ANSWER, Lane.inPlace(), request -> {
                    answered.incrementAndGet();
                    List<ByteBuffer> views = List.of(large.duplicate(), large.duplicate());
                    return new Response(0, Optional.empty(), Payload.of(Body.leased(views, released::incrementAndGet)))
                            .now();
                })
                .build();
        int requests = 200;
        try (RemotingServer server = RemotingServer.start(ServerConfig.local(), routes);
                RawPeer slow = RawPeer.connectNarrow(server.port());
                RawPeer other = RawPeer.connect(server.port())) {
            for (int opaque = 0; opaque < requests; opaque++) {
                slow.send(RemotingCommand.request(LARGE_ANSWER, opaque, false, Payload.empty()));
            }
            await().atMost(PATIENCE).until(() -> answered.get() > 0);
            assertServes(other);
            assertThat(answered.get())
                    .as("100 MB of answers would not have been taken")
                    .isLessThan(requests / 2);

            for (int opaque = 0; opaque < requests; opaque++) {
                RemotingCommand answer = slow.read();
                assertThat(answer.opaque()).isEqualTo(opaque);
                assertThat(answer.body().size()).isEqualTo(512 * 1024);
            }
            await().atMost(PATIENCE).until(() -> released.get() == requests);
        }
    }

    @Test
    void bodiesThatCannotBeSentAnyMoreAreReleased() throws IOException {
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger released = new AtomicInteger();
        ByteBuffer large = ByteBuffer.allocateDirect(64 * 1024);
        CompletableFuture<Response> late = new CompletableFuture<>();
        RequestRouter routes = RequestRouter.builder()
                .on(TestRpcs.HOLD, Lane.inPlace(), request -> late)
                .on(LARGE_ANSWER, Lane.inPlace(), request -> {
                    answered.incrementAndGet();
                    return new Response(
                                    0,
                                    Optional.empty(),
                                    Payload.of(Body.leased(List.of(large.duplicate()), released::incrementAndGet)))
                            .now();
                })
                .build();
        try (RemotingServer server = RemotingServer.start(ServerConfig.local(), routes)) {
            try (RawPeer slow = RawPeer.connectNarrow(server.port())) {
                slow.ask(TestRpcs.HOLD, 1, "body of a request");
                for (int opaque = 2; opaque < 12; opaque++) {
                    slow.send(RemotingCommand.request(LARGE_ANSWER, opaque, false, Payload.empty()));
                }
                slow.send(RawPeer.oneWay(TestRpcs.HOLD, 13, "one-way, answered with a body"));
                slow.read();
            }
            await().atMost(PATIENCE).until(() -> server.connections() == 0);

            late.complete(new Response(
                    0,
                    Optional.empty(),
                    Payload.of(Body.leased(List.of(large.duplicate()), released::incrementAndGet))));

            // Requests that the server had not read when their connection ended have no answer: it reads none while
            // too much waits to be sent.
            assertThat(answered.get()).isPositive();
            await().atMost(PATIENCE).until(() -> released.get() == answered.get() + 1);
        }
    }

    @Test
    void aQuietConnectionIsClosedAndABusyOneIsNot() throws IOException {
        try (RemotingServer server = start(limits -> limits.withIdleMax(Duration.ofMillis(400)));
                RawPeer quiet = RawPeer.connect(server.port());
                RawPeer busy = RawPeer.connect(server.port())) {
            CompletableFuture<Boolean> closed = CompletableFuture.supplyAsync(() -> {
                try {
                    return quiet.isClosedByPeer();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            while (!closed.isDone()) {
                assertServes(busy);
            }

            assertThat(closed).isCompletedWithValue(true);
            assertServes(busy);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "16030100c8010000c40303, TLS",
        "474554202f20485454502f312e310d0a0d0a, HTTP",
        "00000000, a length of 0",
        "ffffffff, a negative length",
        "7fffffff, a huge length",
        "0000000800000005, header longer than its frame",
        "0000000805000000, unknown serialization",
        "00000006000000027b7d, a header without members",
        "0000000600000002ffff, no JSON",
        "0000000401000000, an empty binary header",
        "000000190100001500010001df0000000200000000ffffffff00000000, a negative length within"
    })
    void aBrokenFrameEndsItsConnectionAndNoOther(String hex, String why) throws IOException {
        try (RemotingServer server = start(limits -> limits);
                RawPeer healthy = RawPeer.connect(server.port());
                RawPeer hostile = RawPeer.connect(server.port())) {
            assertServes(healthy);

            hostile.send(Frames.hex(hex));

            assertThat(hostile.isClosedByPeer()).as(why).isTrue();
            assertServes(healthy);
        }
    }

    @Test
    void whatCameBeforeABrokenFrameIsAnswered() throws IOException {
        try (RemotingServer server = start(limits -> limits);
                RawPeer hostile = RawPeer.connect(server.port())) {
            byte[] good = Frames.write(RawPeer.request(TestRpcs.ECHO, 5, "good"));

            hostile.send(ByteBuffer.allocate(good.length + 4)
                    .put(good)
                    .put("GET ".getBytes(StandardCharsets.US_ASCII))
                    .array());

            assertThat(hostile.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void framesMayComeInAnyPieces() throws IOException {
        byte[] frame = Frames.write(RawPeer.request(TestRpcs.ECHO, 5, "in pieces"));
        try (RemotingServer server = start(limits -> limits);
                RawPeer peer = RawPeer.connect(server.port())) {
            for (byte piece : frame) {
                peer.send(piece);
            }
            assertThat(peer.read().opaque()).isEqualTo(5);

            byte[] three = ByteBuffer.allocate(3 * frame.length)
                    .put(frame)
                    .put(frame)
                    .put(frame)
                    .array();
            peer.send(three);
            assertThat(List.of(
                            peer.read().opaque(),
                            peer.read().opaque(),
                            peer.read().opaque()))
                    .containsExactly(5, 5, 5);
        }
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (RemotingServer server = start(limits -> limits)) {
            ServerConfig taken = ServerConfig.local().withPort(server.port());

            assertThatThrownBy(() -> RemotingServer.start(taken, router))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Cannot listen on 127.0.0.1:" + server.port() + ": ");
            assertThatThrownBy(() -> server.listenAlso(server.port(), router)).isInstanceOf(IOException.class);
        }
    }

    private RemotingServer start(UnaryOperator<LinkLimits> limits) throws IOException {
        ServerConfig config = ServerConfig.local();
        return RemotingServer.start(config.withLimits(limits.apply(config.limits())), router);
    }

    private static void assertServes(RawPeer peer) throws IOException {
        peer.ask(TestRpcs.ECHO, 77, "still there");
        assertThat(peer.read().opaque()).isEqualTo(77);
    }
}
