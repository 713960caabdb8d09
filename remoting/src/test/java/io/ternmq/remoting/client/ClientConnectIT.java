package io.ternmq.remoting.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.common.time.FakeClock;
import io.ternmq.remoting.protocol.RemotingConnectException;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.server.Lane;
import io.ternmq.remoting.server.RemotingServer;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.server.Response;
import io.ternmq.remoting.server.ServerConfig;
import io.ternmq.remoting.testing.NoLeaks;
import io.ternmq.remoting.testing.RawPeer;
import io.ternmq.remoting.testing.TestRpcs;
import io.ternmq.remoting.transport.EventLoops;
import io.ternmq.remoting.transport.LinkLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How connections come about, fail to, and come back. */
@ExtendWith(NoLeaks.class)
final class ClientConnectIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String NAME = "broker.test";

    private final FakeClock clock = new FakeClock();
    private final EventLoops loops = new EventLoops("test-io", 2);
    private final AtomicInteger lookUps = new AtomicInteger();
    private final AtomicReference<HostResolver> resolver =
            new AtomicReference<>(host -> List.of(InetAddress.getLoopbackAddress()));
    private final RequestRouter router = RequestRouter.builder()
            .on(
                    TestRpcs.ECHO,
                    Lane.inPlace(),
                    request -> Response.success(
                                    TestRpcs.ECHO,
                                    request.connection()
                                            .localAddress()
                                            .getAddress()
                                            .getHostAddress())
                            .now())
            .build();
    private RemotingClient client = client(ClientConfig.defaults());

    @AfterEach
    void close() {
        client.close();
        loops.close();
    }

    @Test
    void concurrentFirstCallsShareOneConnection() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        resolver.set(host -> {
            awaitUninterruptibly(asked);
            return List.of(InetAddress.getLoopbackAddress());
        });
        try (RemotingServer server = start("127.0.0.1", 0)) {
            List<CompletableFuture<Reply>> calls = new ArrayList<>();
            for (int count = 0; count < 20; count++) {
                calls.add(call(NAME, server.port()));
            }
            asked.countDown();
            for (CompletableFuture<Reply> call : calls) {
                assertThat(call.get().isSuccess()).isTrue();
            }

            assertThat(lookUps).hasValue(1);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void whatWasSentBeforeTheConnectionWasThereKeepsItsOrder() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        resolver.set(host -> {
            awaitUninterruptibly(asked);
            return List.of(InetAddress.getLoopbackAddress());
        });
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = NAME + ":" + listener.getLocalPort();
            List<CompletableFuture<Void>> written = new ArrayList<>();
            for (int count = 0; count < 10; count++) {
                written.add(client.oneWay(address, TestRpcs.ECHO, "number " + count));
            }
            asked.countDown();
            CompletableFuture.allOf(written.toArray(CompletableFuture[]::new)).get();

            try (RawPeer peer = new RawPeer(listener.accept())) {
                for (int count = 0; count < 10; count++) {
                    assertThat(peer.read().body().toBytes()).asString().isEqualTo("number " + count);
                }
            }
        }
    }

    @Test
    void namesAreLookedUpAgainAtEachConnect() throws Exception {
        try (RemotingServer here = start("127.0.0.1", 0);
                RemotingServer there = start("127.0.0.2", here.port())) {
            resolver.set(host -> List.of(address("127.0.0.1")));
            assertThat(call(NAME, here.port()).get().decode(TestRpcs.ECHO)).isEqualTo("127.0.0.1");

            resolver.set(host -> List.of(address("127.0.0.2")));
            assertThat(call(NAME, here.port()).get().decode(TestRpcs.ECHO)).isEqualTo("127.0.0.1");
            client.disconnect(NAME + ":" + here.port());
            await().atMost(PATIENCE).until(() -> !client.isConnected(NAME + ":" + here.port()));

            assertThat(call(NAME, here.port()).get().decode(TestRpcs.ECHO)).isEqualTo("127.0.0.2");
            assertThat(there.connections()).isEqualTo(1);
            assertThat(lookUps).hasValue(2);
        }
    }

    @Test
    void allAddressesOfANameAreTried() throws Exception {
        resolver.set(host -> List.of(address("127.0.0.9"), address("127.0.0.1")));
        try (RemotingServer server = start("127.0.0.1", 0)) {
            assertThat(call(NAME, server.port()).get().isSuccess()).isTrue();
        }
    }

    @Test
    void anUnknownNameFailsTheCallAndSaysSo() {
        resolver.set(host -> {
            throw new UnknownHostException(host);
        });

        assertThat(call(NAME, 10_911))
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOf(RemotingConnectException.class)
                .withMessageContaining(NAME + ":10911")
                .withCauseInstanceOf(UnknownHostException.class);
    }

    @Test
    void aResolverThatBreaksFailsTheCall() {
        resolver.set(host -> {
            throw new IllegalStateException("thrown by a test");
        });

        assertThat(call(NAME, 10_911)).failsWithin(PATIENCE);
        resolver.set(host -> List.of());
        assertThat(call(NAME, 10_911)).failsWithin(PATIENCE);
    }

    @Test
    void attemptsToConnectGrowRarerAndCallsInBetweenFailAtOnce() throws Exception {
        int port = unusedPort();

        assertThat(failureOf(call(NAME, port))).contains(NAME + ":" + port, "attempt 1 failed", "refused");
        assertThat(failureOf(call(NAME, port))).contains("attempt 2 failed", "at the earliest 100 ms later");
        assertThat(failureOf(call(NAME, port))).contains("attempt 2 failed");
        assertThat(lookUps).hasValue(2);

        clock.advance(Duration.ofMillis(100));
        assertThat(failureOf(call(NAME, port))).contains("attempt 3 failed", "at the earliest 200 ms later");
        clock.advance(Duration.ofMillis(199));
        assertThat(failureOf(call(NAME, port))).contains("attempt 3 failed");
        for (int attempt = 4; attempt < 12; attempt++) {
            clock.advance(Duration.ofSeconds(5));
            assertThat(failureOf(call(NAME, port))).contains("attempt " + attempt + " failed");
        }
        assertThat(failureOf(call(NAME, port))).contains("at the earliest 5000 ms later");
        assertThat(lookUps).hasValue(11);
    }

    @Test
    void aServerThatComesBackIsFoundAgain() throws Exception {
        RemotingServer first = start("127.0.0.1", 0);
        int port = first.port();
        assertThat(call(NAME, port).get().isSuccess()).isTrue();

        first.close();
        await().atMost(PATIENCE).until(() -> !client.isConnected(NAME + ":" + port));
        failureOf(call(NAME, port));
        failureOf(call(NAME, port));
        try (RemotingServer second = start("127.0.0.1", port)) {
            failureOf(call(NAME, port));
            clock.advance(Duration.ofSeconds(5));

            assertThat(call(NAME, port).get().isSuccess()).isTrue();
            assertThat(second.connections()).isEqualTo(1);
        }
    }

    @Test
    void aCallMayBeLessPatientThanTheConnect() {
        CountDownLatch never = new CountDownLatch(1);
        resolver.set(host -> {
            awaitUninterruptibly(never);
            return List.of(InetAddress.getLoopbackAddress());
        });

        CompletableFuture<Reply> call = client.call(NAME + ":10911", TestRpcs.ECHO, "hello", Duration.ofMillis(50));

        assertThat(failureOf(call)).contains("ECHO(30001)", NAME + ":10911", "still connecting after 50 ms");
        never.countDown();
    }

    @Test
    void closingDoesNotWaitForAConnectThatIsUnderWay() {
        CountDownLatch never = new CountDownLatch(1);
        resolver.set(host -> {
            awaitUninterruptibly(never);
            return List.of(InetAddress.getLoopbackAddress());
        });
        CompletableFuture<Reply> call = call(NAME, 10_911);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(client::close);

        assertThat(failureOf(call)).contains("the client is closed");
        never.countDown();
        assertThat(closing).succeedsWithin(PATIENCE);
    }

    @Test
    void addressesNeedNoLookUp() throws Exception {
        try (RemotingServer server = start("127.0.0.1", 0)) {
            assertThat(call("127.0.0.1", server.port()).get().isSuccess()).isTrue();
            assertThat(lookUps).hasValue(0);
        }
    }

    @Test
    void anIdleConnectionIsClosedByTheClientToo() throws Exception {
        client.close();
        client = client(ClientConfig.defaults().withLimits(LinkLimits.defaults().withIdleMax(Duration.ofMillis(100))));
        try (RemotingServer server = start("127.0.0.1", 0)) {
            assertThat(call("127.0.0.1", server.port()).get().isSuccess()).isTrue();

            await().atMost(PATIENCE).until(() -> server.connections() == 0);

            assertThat(call("127.0.0.1", server.port()).get().isSuccess()).isTrue();
        }
    }

    private RemotingClient client(ClientConfig config) {
        return new RemotingClient(config, RequestRouter.none(), loops, clock, host -> {
            lookUps.incrementAndGet();
            return resolver.get().resolve(host);
        });
    }

    private CompletableFuture<Reply> call(String host, int port) {
        return client.call(host + ":" + port, TestRpcs.ECHO, "hello", PATIENCE);
    }

    private RemotingServer start(String host, int port) throws IOException {
        return RemotingServer.start(ServerConfig.local().withHost(host).withPort(port), router, loops, clock);
    }

    private static String failureOf(CompletableFuture<Reply> call) {
        AtomicReference<String> message = new AtomicReference<>();
        assertThat(call)
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOf(RemotingConnectException.class)
                .satisfies(cause -> message.set(cause.getMessage()));
        return message.get();
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getAllByName(literal)[0];
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
