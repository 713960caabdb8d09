package io.ternmq.remoting.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.RemotingConnectException;
import io.ternmq.remoting.protocol.RemotingSendRequestException;
import io.ternmq.remoting.protocol.RemotingTimeoutException;
import io.ternmq.remoting.protocol.RemotingTooMuchRequestException;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.server.Connection;
import io.ternmq.remoting.server.Lane;
import io.ternmq.remoting.server.RemotingServer;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.server.Response;
import io.ternmq.remoting.server.ServerConfig;
import io.ternmq.remoting.testing.NoLeaks;
import io.ternmq.remoting.testing.TestRpcs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls and one-way requests against a real server. */
@ExtendWith(NoLeaks.class)
final class ClientCallsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int IN_FLIGHT_MAX = 2000;

    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Queue<CompletableFuture<Response>> held = new ConcurrentLinkedQueue<>();
    private final AtomicInteger oneWays = new AtomicInteger();
    private RemotingServer server;
    private RemotingClient client;
    private String address;

    @BeforeEach
    void connect() throws IOException {
        RequestRouter router = RequestRouter.builder()
                .on(TestRpcs.ECHO, Lane.inPlace(), request -> {
                    connections.add(request.connection());
                    oneWays.addAndGet(request.isOneWay() ? 1 : 0);
                    return TestRpcs.echo().process(request);
                })
                .on(TestRpcs.HOLD, Lane.inPlace(), request -> {
                    CompletableFuture<Response> answer = new CompletableFuture<>();
                    held.add(answer);
                    return answer;
                })
                .build();
        RequestRouter inbound = RequestRouter.builder()
                .on(TestRpcs.ECHO, Lane.inPlace(), TestRpcs.echo())
                .build();
        server = RemotingServer.start(ServerConfig.local().withCloseWaitMax(Duration.ZERO), router);
        client = new RemotingClient(ClientConfig.defaults().withInFlightMax(IN_FLIGHT_MAX), inbound);
        address = "127.0.0.1:" + server.port();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        held.forEach(answer -> answer.complete(Response.success()));
    }

    @Test
    void aCallGetsItsAnswerAndAllCallsShareOneConnection() throws Exception {
        assertThat(client.isConnected(address)).isFalse();

        Reply first =
                client.call(address, TestRpcs.ECHO, "h\u00e4llo", PATIENCE).get();
        Reply second = client.call(address, TestRpcs.ECHO, "", PATIENCE).get();

        assertThat(first.isSuccess()).isTrue();
        assertThat(first.decode(TestRpcs.ECHO)).isEqualTo("h\u00e4llo");
        assertThat(second.decode(TestRpcs.ECHO)).isEmpty();
        assertThat(client.isConnected(address)).isTrue();
        assertThat(connections).hasSize(1);
    }

    @Test
    void aRefusalIsAReplyToo() throws Exception {
        Reply reply =
                client.call(address, TestRpcs.NOBODY, Nothing.NOTHING, PATIENCE).get();

        assertThat(reply.code()).isEqualTo(ResponseCode.REQUEST_CODE_NOT_SUPPORTED);
        assertThat(reply.remark()).contains(" request type 30999 not supported");
    }

    @Test
    void manyCallsInBothDirectionsKeepTheirAnswersApart() throws Exception {
        client.call(address, TestRpcs.ECHO, "hello", PATIENCE).get();
        Connection back = connections.iterator().next();
        List<CompletableFuture<?>> checks = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int base = thread * 1_000_000;
            checks.add(CompletableFuture.runAsync(() -> {
                for (int round = 0; round < 20; round++) {
                    List<CompletableFuture<?>> calls = new ArrayList<>();
                    for (int count = 0; count < 50; count++) {
                        String text = "x".repeat(count * 37 % 3000) + (base + round * 1000 + count);
                        calls.add(client.call(address, TestRpcs.ECHO, text, PATIENCE)
                                .thenAccept(reply ->
                                        assertThat(reply.decode(TestRpcs.ECHO)).isEqualTo(text)));
                        calls.add(back.call(TestRpcs.ECHO, text, PATIENCE)
                                .thenAccept(reply ->
                                        assertThat(reply.decode(TestRpcs.ECHO)).isEqualTo(text)));
                        calls.add(client.oneWay(address, TestRpcs.ECHO, text));
                    }
                    CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new))
                            .join();
                }
            }));
        }

        CompletableFuture.allOf(checks.toArray(CompletableFuture[]::new)).get();

        await().atMost(PATIENCE).until(() -> oneWays.get() == 4 * 20 * 50);
        assertThat(connections).hasSize(1);
    }

    @Test
    void aCallWithoutAnAnswerFailsWhenItsTimeIsUpAndOthersGoOn() throws Exception {
        client.call(address, TestRpcs.ECHO, "connects", PATIENCE).get(); // or the time could be spent on connecting
        CompletableFuture<Reply> late = client.call(address, TestRpcs.HOLD, "what?", Duration.ofMillis(200));
        CompletableFuture<Reply> patient = client.call(address, TestRpcs.HOLD, "what?", PATIENCE);

        assertThat(late)
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOf(RemotingTimeoutException.class)
                .withMessageContaining("HOLD(30002)")
                .withMessageContaining(address)
                .withMessageMatching(".* within \\d+ ms, waited \\d+ ms");
        await().atMost(PATIENCE).until(() -> held.size() == 2);
        held.forEach(answer -> answer.complete(Response.success()));
        assertThat(patient.get().isSuccess()).isTrue();
        assertThat(client.call(address, TestRpcs.ECHO, "on", PATIENCE).get().isSuccess())
                .isTrue();
    }

    @Test
    void deadlinesAreKeptInAnyOrder() throws Exception {
        client.call(address, TestRpcs.ECHO, "connects", PATIENCE).get();
        Map<Integer, CompletableFuture<Reply>> calls = new HashMap<>();
        for (int millis : new int[] {900, 100, 500, 300, 700}) {
            calls.put(millis, client.call(address, TestRpcs.HOLD, "what?", Duration.ofMillis(millis)));
        }

        calls.forEach((millis, call) -> {
            assertThat(call)
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .havingCause()
                    .isInstanceOf(RemotingTimeoutException.class)
                    .satisfies(cause -> assertThat(waitedMillis(cause)).isGreaterThanOrEqualTo(millis));
        });
    }

    private static int waitedMillis(Throwable cause) {
        Matcher waited = Pattern.compile("waited (\\d+) ms").matcher(cause.getMessage());
        assertThat(waited.find()).isTrue();
        return Integer.parseInt(waited.group(1));
    }

    @Test
    void callsFailAtOnceWhenTheirConnectionIsLost() throws Exception {
        client.call(address, TestRpcs.ECHO, "hello", PATIENCE).get();
        List<CompletableFuture<Reply>> calls = new ArrayList<>();
        for (int count = 0; count < 10; count++) {
            calls.add(client.call(address, TestRpcs.HOLD, "what?", Duration.ofHours(1)));
        }
        await().atMost(PATIENCE).until(() -> held.size() == 10);

        connections.iterator().next().close();

        for (CompletableFuture<Reply> call : calls) {
            assertThat(call)
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .havingCause()
                    .isInstanceOf(RemotingSendRequestException.class)
                    .withMessageContaining(address)
                    .withMessageContaining("HOLD(30002)");
        }
        assertThat(client.call(address, TestRpcs.ECHO, "again", PATIENCE).get().isSuccess())
                .isTrue();
        assertThat(connections).hasSize(2);
    }

    @Test
    void requestsUnderWayAreLimited() throws Exception {
        List<CompletableFuture<Reply>> calls = new ArrayList<>();
        for (int count = 0; count < IN_FLIGHT_MAX; count++) {
            calls.add(client.call(address, TestRpcs.HOLD, "what?", PATIENCE));
        }

        assertThat(client.call(address, TestRpcs.ECHO, "one more", PATIENCE))
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOf(RemotingTooMuchRequestException.class)
                .withMessageContaining("2000 requests are under way");
        assertThat(client.oneWay(address, TestRpcs.ECHO, "one more")).isCompletedExceptionally();

        await().atMost(PATIENCE).until(() -> held.size() == IN_FLIGHT_MAX);
        held.remove().complete(Response.success());
        CompletableFuture.anyOf(calls.toArray(CompletableFuture[]::new)).get();
        assertThat(client.call(address, TestRpcs.ECHO, "room again", PATIENCE)
                        .get()
                        .isSuccess())
                .isTrue();
    }

    @Test
    void aCallWithoutTimeIsNotTried() {
        assertThat(client.call(address, TestRpcs.ECHO, "late", Duration.ZERO))
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RemotingTooMuchRequestException.class);
        assertThat(connections).isEmpty();
    }

    @Test
    void aQuestionTooLargeToSendIsNotSentAndItsBodyIsReleased() throws Exception {
        AtomicInteger released = new AtomicInteger();
        Rpc<Nothing, String> large = new Rpc<>(
                TestRpcs.ECHO.code(),
                "LARGE",
                PayloadCodec.of(
                        nothing -> Payload.of(
                                Body.leased(List.of(ByteBuffer.allocate(17 * 1024 * 1024)), released::incrementAndGet)),
                        (fields, body) -> Nothing.NOTHING),
                TestRpcs.TEXT);

        assertThat(client.call(address, large, Nothing.NOTHING, PATIENCE))
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOf(RemotingSendRequestException.class)
                .withMessageContaining("expected at most 16777216");
        assertThat(client.oneWay(address, large, Nothing.NOTHING))
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RemotingSendRequestException.class);
        assertThat(released).hasValue(2);
        assertThat(client.call(address, TestRpcs.ECHO, "small", PATIENCE).get().isSuccess())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "host:", "host:0", "host:65536", "host:-1", ":10911", "host:port", "[]:1"})
    void anAddressThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> client.call(text, TestRpcs.ECHO, "hello", PATIENCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("host:port");
    }

    @Test
    void closingFailsWhatIsPending() throws Exception {
        CompletableFuture<Reply> pending = client.call(address, TestRpcs.HOLD, "what?", PATIENCE);
        await().atMost(PATIENCE).until(() -> held.size() == 1);

        client.close();

        assertThat(pending)
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RemotingSendRequestException.class);
        assertThat(client.call(address, TestRpcs.ECHO, "too late", PATIENCE))
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RemotingConnectException.class);
        await().atMost(PATIENCE).until(() -> server.connections() == 0);
    }

    @Test
    void disconnectingFailsWhatIsPendingAndTheNextCallConnectsAgain() throws Exception {
        CompletableFuture<Reply> pending = client.call(address, TestRpcs.HOLD, "what?", PATIENCE);
        await().atMost(PATIENCE).until(() -> held.size() == 1);

        client.disconnect(address);

        assertThat(pending)
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RemotingSendRequestException.class);
        assertThat(client.call(address, TestRpcs.ECHO, "again", PATIENCE).get().isSuccess())
                .isTrue();
    }

    @Test
    void whatTheServerAsksGoesThroughTheGivenRouter() throws Exception {
        client.call(address, TestRpcs.ECHO, "hello", PATIENCE).get();
        Connection back = connections.iterator().next();

        Reply known = back.call(TestRpcs.ECHO, "you there?", PATIENCE).get();
        Reply unknown = back.call(TestRpcs.HOLD, "and this?", PATIENCE).get();

        assertThat(known.decode(TestRpcs.ECHO)).isEqualTo("you there?");
        assertThat(unknown.code()).isEqualTo(ResponseCode.REQUEST_CODE_NOT_SUPPORTED);
    }
}
