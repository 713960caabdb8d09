package io.ternmq.client.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.session.ConsumeDirectlyRequest;
import io.ternmq.remoting.protocol.session.ConsumeOutcome;
import io.ternmq.remoting.protocol.session.ConsumerGroupRequest;
import io.ternmq.remoting.protocol.session.ConsumerPositionsRequest;
import io.ternmq.remoting.protocol.session.ResetOffsetsRequest;
import io.ternmq.remoting.protocol.session.RunningInfo;
import io.ternmq.remoting.protocol.session.RunningInfoRequest;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.protocol.session.UnregisterClientRequest;
import io.ternmq.remoting.server.Connection;
import io.ternmq.remoting.server.Lane;
import io.ternmq.remoting.server.RemotingServer;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.server.Response;
import io.ternmq.remoting.server.ServerConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a broker asks a client on the client's own connection, over a real socket. */
class BrokerRequestsIT {
    private static final MessageQueue QUEUE = new MessageQueue("T", "a", 0);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Connection> connected = new CompletableFuture<>();
    private RemotingServer broker;
    private Connections connections;
    private Connection client;

    @BeforeEach
    void connect() throws Exception {
        RequestRouter router = RequestRouter.builder()
                .on(SessionRpcs.UNREGISTER_CLIENT, Lane.inPlace(), request -> {
                    connected.complete(request.connection());
                    return Response.success().now();
                })
                .build();
        broker = RemotingServer.start(ServerConfig.local(), router);
        connections = Connections.of(new OneConsumer());
        connections
                .call(
                        "127.0.0.1:" + broker.port(),
                        SessionRpcs.UNREGISTER_CLIENT,
                        new UnregisterClientRequest("c", Optional.empty(), Optional.empty()),
                        TIMEOUT)
                .get(10, TimeUnit.SECONDS);
        client = connected.get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void closeAll() {
        connections.close();
        broker.close();
    }

    @Test
    void noticesReachTheConsumer() {
        client.oneWay(SessionRpcs.NOTIFY_CONSUMER_IDS_CHANGED, new ConsumerGroupRequest("G"));
        client.oneWay(
                SessionRpcs.RESET_CONSUMER_CLIENT_OFFSET,
                new ResetOffsetsRequest("T", "G", 0, false, Map.of(QUEUE, 5L)));

        Awaitility.await()
                .atMost(TIMEOUT)
                .untilAsserted(
                        () -> assertThat(heard).containsExactly("members of G", "reset of G " + QUEUE + " to 5"));
    }

    @Test
    void positionsAndRunningInfoAreAnswered() throws Exception {
        Reply positions = ask(
                SessionRpcs.GET_CONSUMER_STATUS_FROM_CLIENT, new ConsumerPositionsRequest("T", "G", Optional.empty()));
        Reply info = ask(SessionRpcs.GET_CONSUMER_RUNNING_INFO, new RunningInfoRequest("G", "c", false));

        assertThat(positions.decode(SessionRpcs.GET_CONSUMER_STATUS_FROM_CLIENT).offsets())
                .isEqualTo(Map.of(QUEUE, 7L));
        assertThat(info.decode(SessionRpcs.GET_CONSUMER_RUNNING_INFO).properties())
                .containsEntry("PROP_CONSUME_TYPE", "CONSUME_PASSIVELY");
    }

    @Test
    void questionAboutAGroupThatIsNotHereIsRefusedByName() throws Exception {
        Reply reply = ask(SessionRpcs.GET_CONSUMER_RUNNING_INFO, new RunningInfoRequest("Other", "c", false));

        assertThat(reply.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(reply.remark().orElse("")).contains("Other");
    }

    @Test
    void whatClientsAreNeverAskedIsAnsweredAsNotSupported() throws Exception {
        Reply reply = ask(SessionRpcs.GET_CONSUMER_LIST_BY_GROUP, new ConsumerGroupRequest("G"));

        assertThat(reply.code()).isEqualTo(ResponseCode.REQUEST_CODE_NOT_SUPPORTED);
    }

    private <Q> Reply ask(Rpc<Q, ?> rpc, Q question) throws Exception {
        return client.call(rpc, question, TIMEOUT).get(10, TimeUnit.SECONDS);
    }

    /** A client with one consumer, of group G. */
    private final class OneConsumer implements BrokerRequests {
        @Override
        public void membersChanged(String group) {
            heard.add("members of " + group);
        }

        @Override
        public void resetOffsets(String group, Map<MessageQueue, Long> offsets) {
            offsets.forEach((queue, offset) -> heard.add("reset of " + group + " " + queue + " to " + offset));
        }

        @Override
        public Optional<Map<MessageQueue, Long>> positions(String group, String topic) {
            return group.equals("G") ? Optional.of(Map.of(QUEUE, 7L)) : Optional.empty();
        }

        @Override
        public Optional<RunningInfo> runningInfo(String group, boolean withThreads) {
            return group.equals("G")
                    ? Optional.of(new RunningInfo(
                            Map.of("PROP_CONSUME_TYPE", "CONSUME_PASSIVELY"),
                            List.of(),
                            Map.of(),
                            Map.of(),
                            Map.of(),
                            Optional.empty()))
                    : Optional.empty();
        }

        @Override
        public Optional<CompletableFuture<ConsumeOutcome>> consumeDirectly(ConsumeDirectlyRequest question) {
            return Optional.empty();
        }
    }
}
