package io.ternmq.broker;

import static io.ternmq.broker.store.file.FaultyFiles.under;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.broker.store.file.FaultyFiles;
import io.ternmq.common.config.Settings;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.time.Clock;
import io.ternmq.remoting.client.ClientConfig;
import io.ternmq.remoting.client.RemotingClient;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.pull.PullFlags;
import io.ternmq.remoting.protocol.pull.PullRequest;
import io.ternmq.remoting.protocol.pull.PullRpcs;
import io.ternmq.remoting.protocol.route.RegisterBrokerAnswer;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.protocol.send.SendRequest;
import io.ternmq.remoting.protocol.send.SendRpcs;
import io.ternmq.remoting.protocol.session.Heartbeat;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.server.Lane;
import io.ternmq.remoting.server.RemotingServer;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.server.Response;
import io.ternmq.remoting.server.ServerConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole broker, with real sockets, on a disk that stalls, fills up or fails. */
final class DiskTroubleIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 6;
    private static final int ROUNDS = 20;
    private static final String BODY = "x".repeat(10_000);

    private final FaultyFiles files = new FaultyFiles();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<RemotingClient> clients = new ArrayList<>(); // each has a connection of its own

    @TempDir
    private Path directory;

    @AfterEach
    void closeAll() throws Exception {
        files.endStall();
        for (int index = opened.size() - 1; index >= 0; index--) {
            opened.get(index).close();
        }
    }

    /** What of the disk stalls. */
    private enum Stall {
        FORCES_OF_THE_LOG("SYNC_FLUSH") {
            @Override
            void begin(FaultyFiles files) {
                files.stallForces(under("/commitlog/"));
            }
        },
        WRITES_TO_THE_LOG("ASYNC_FLUSH") {
            @Override
            void begin(FaultyFiles files) {
                files.stallWrites(under("/commitlog/"));
            }
        },
        EVERYTHING("SYNC_FLUSH") {
            @Override
            void begin(FaultyFiles files) {
                files.stallAll();
            }
        };

        private final String flushMode;

        Stall(String flushMode) {
            this.flushMode = flushMode;
        }

        abstract void begin(FaultyFiles files);
    }

    @ParameterizedTest
    @EnumSource
    void heartbeatsAndHotPullsGoOnOnAllConnectionsWhileTheDiskStalls(Stall stall) throws IOException {
        Broker broker = start(Settings.empty().with("flushDiskType", stall.flushMode));
        connect();
        assertThat(send(broker, 0, "hot").join().isSuccess()).isTrue();
        awaitPulled(broker, "hot");
        stall.begin(files);

        // Until one is not answered: the log waits for the disk, and on every connection a send waits for the log.
        List<CompletableFuture<Reply>> sends = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            sends.add(send(broker, i % CONNECTIONS, BODY));
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                assertThat(heartbeat(broker, connection).isSuccess()).isTrue();
                assertThat(bodyOf(pull(broker, connection, 0))).isEqualTo("hot");
            }
        }
        assertThat(sends.get(sends.size() - 1)).as("the disk still stalls").isNotDone();

        files.endStall();

        sends.forEach(sent -> assertThat(sent.join().isSuccess()).isTrue());
    }

    @Test
    void aFullDiskIsToldToSendersWhoGoOnWhenThereIsSpace() throws IOException {
        Broker broker = start(Settings.empty());
        connect();
        files.leaveSpace(under("/commitlog/"), 0);

        int taken = 0;
        Reply refused = send(broker, 0, BODY).join();
        while (refused.isSuccess()) {
            taken++;
            refused = send(broker, 0, BODY).join();
        }

        assertThat(refused.code()).isEqualTo(ResponseCode.SERVICE_NOT_AVAILABLE);
        assertThat(refused.remark().orElseThrow()).contains("the disk of the commit log is full: no space for");
        files.returnSpace();
        await().atMost(TIMEOUT).until(() -> send(broker, 0, "again").join().isSuccess());
        int last = taken;
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(bodyOf(pull(broker, 0, last))).isEqualTo("again"));
    }

    @Test
    void aFailedForceRefusesSendsWithdrawsTheRegistrationAndReadsGoOn() throws IOException {
        CountingNameServer nameServer = opening(new CountingNameServer());
        Broker broker = start(Settings.empty()
                .with("flushDiskType", "SYNC_FLUSH")
                .with("namesrvAddr", "127.0.0.1:" + nameServer.server.port())
                .with("registerNameServerPeriod", "1000"));
        connect();
        assertThat(send(broker, 0, "before").join().isSuccess()).isTrue();
        awaitPulled(broker, "before");
        files.failForces(under("/commitlog/"));

        Reply unconfirmed =
                send(broker, 0, "in the log, perhaps not on the disk").join();
        files.failForces(path -> false);
        Reply refused = send(broker, 0, "later").join();

        assertThat(unconfirmed.code()).isEqualTo(ResponseCode.FLUSH_DISK_TIMEOUT);
        assertThat(refused.code()).isEqualTo(ResponseCode.SERVICE_NOT_AVAILABLE);
        assertThat(refused.remark().orElseThrow()).contains("the disk did not confirm the log from");
        await().atMost(TIMEOUT).until(() -> nameServer.withdrawals.get() > 0);
        assertThat(bodyOf(pull(broker, 0, 0))).isEqualTo("before");
    }

    private Broker start(Settings more) throws IOException {
        Settings settings = Settings.of(Map.of(
                        "brokerName", "broker-a",
                        "brokerIP1", "127.0.0.1",
                        "bindAddress", "127.0.0.1",
                        "listenPort", "0",
                        "vipChannelEnable", "false",
                        "mappedFileSizeCommitLog", "262144",
                        "syncFlushTimeout", "600000",
                        "storePathRootDir", directory.resolve("store").toString()))
                .with(more);
        return opening(Broker.start(
                BrokerConfig.from(settings), directory.resolve("broker.properties"), files, Clock.system()));
    }

    private void connect() {
        for (int i = 0; i < CONNECTIONS; i++) {
            clients.add(opening(new RemotingClient(ClientConfig.defaults(), RequestRouter.none())));
        }
    }

    private CompletableFuture<Reply> send(Broker broker, int connection, String body) {
        return call(
                broker,
                connection,
                SendRpcs.SEND_MESSAGE_V2,
                new SendRequest(
                        "PG",
                        "Fresh",
                        "TBW102",
                        1,
                        0,
                        0,
                        1_700_000_000_000L,
                        0,
                        "",
                        0,
                        false,
                        OptionalInt.empty(),
                        false,
                        Optional.empty(),
                        ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8))));
    }

    private Reply heartbeat(Broker broker, int connection) {
        Heartbeat heartbeat = new Heartbeat("client" + connection, List.of("PG"), List.of(), 0, false);
        return call(broker, connection, SessionRpcs.HEART_BEAT, heartbeat).join();
    }

    private Reply pull(Broker broker, int connection, long offset) {
        PullRequest request = new PullRequest(
                "G",
                "Fresh",
                0,
                offset,
                1,
                PullFlags.SUBSCRIPTION,
                0,
                0,
                Optional.of("*"),
                0,
                Optional.of("TAG"),
                OptionalInt.empty(),
                Optional.empty());
        return call(broker, connection, PullRpcs.PULL_MESSAGE, request).join();
    }

    private void awaitPulled(Broker broker, String body) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(bodyOf(pull(broker, 0, 0))).isEqualTo(body));
    }

    private static String bodyOf(Reply pulled) {
        assertThat(pulled.code()).isEqualTo(ResponseCode.SUCCESS);
        MessageRecord record = new MessageRecord();
        assertThat(record.wrap(pulled.body())).isTrue();
        return StandardCharsets.UTF_8.decode(record.body()).toString();
    }

    private <Q> CompletableFuture<Reply> call(Broker broker, int connection, Rpc<Q, ?> rpc, Q question) {
        return clients.get(connection).call("127.0.0.1:" + broker.port(), rpc, question, TIMEOUT);
    }

    private <T extends AutoCloseable> T opening(T part) {
        opened.add(part);
        return part;
    }

    /** Takes registrations and counts those withdrawn. */
    private static final class CountingNameServer implements AutoCloseable {
        private final AtomicInteger withdrawals = new AtomicInteger();
        private final RemotingServer server;

        CountingNameServer() throws IOException {
            RequestRouter router = RequestRouter.builder()
                    .on(
                            RouteRpcs.REGISTER_BROKER,
                            Lane.inPlace(),
                            request -> Response.success(
                                            RouteRpcs.REGISTER_BROKER,
                                            new RegisterBrokerAnswer(
                                                    Optional.empty(), Optional.empty(), Optional.empty()))
                                    .now())
                    .on(RouteRpcs.UNREGISTER_BROKER, Lane.inPlace(), request -> {
                        withdrawals.incrementAndGet();
                        return Response.success().now();
                    })
                    .build();
            server = RemotingServer.start(ServerConfig.local(), router);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
