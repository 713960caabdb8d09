package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.common.config.Settings;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.time.Clock;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.client.ClientConfig;
import io.ternmq.remoting.client.RemotingClient;
import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.RequestCode;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import io.ternmq.remoting.protocol.config.ConfigRpcs;
import io.ternmq.remoting.protocol.config.ConfigText;
import io.ternmq.remoting.protocol.offset.CommitOffsetRequest;
import io.ternmq.remoting.protocol.offset.CommittedOffsetRequest;
import io.ternmq.remoting.protocol.offset.OffsetRpcs;
import io.ternmq.remoting.protocol.offset.QueueRequest;
import io.ternmq.remoting.protocol.pull.PullFlags;
import io.ternmq.remoting.protocol.pull.PullRequest;
import io.ternmq.remoting.protocol.pull.PullRpcs;
import io.ternmq.remoting.protocol.route.BrokerIdentity;
import io.ternmq.remoting.protocol.route.RegisterBrokerAnswer;
import io.ternmq.remoting.protocol.route.RegisterBrokerRequest;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.protocol.send.SendAnswer;
import io.ternmq.remoting.protocol.send.SendRequest;
import io.ternmq.remoting.protocol.send.SendRpcs;
import io.ternmq.remoting.protocol.session.CheckSubscriptionRequest;
import io.ternmq.remoting.protocol.session.ConsumeType;
import io.ternmq.remoting.protocol.session.ConsumerGroupRequest;
import io.ternmq.remoting.protocol.session.ConsumerMembership;
import io.ternmq.remoting.protocol.session.GroupModel;
import io.ternmq.remoting.protocol.session.Heartbeat;
import io.ternmq.remoting.protocol.session.LockRequest;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.protocol.session.StartFrom;
import io.ternmq.remoting.protocol.stats.ConsumeStatsRequest;
import io.ternmq.remoting.protocol.stats.StatsRpcs;
import io.ternmq.remoting.protocol.topic.TopicRequest;
import io.ternmq.remoting.protocol.topic.TopicRpcs;
import io.ternmq.remoting.server.Lane;
import io.ternmq.remoting.server.RemotingServer;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.server.Response;
import io.ternmq.remoting.server.ServerConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BrokerIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String CHANGED_FILE_KEY = "maxTopicCount";

    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private RemotingClient client;

    @TempDir
    private Path directory;

    @BeforeEach
    void openClient() {
        RequestRouter inbound = RequestRouter.builder()
                .on(SessionRpcs.NOTIFY_CONSUMER_IDS_CHANGED, Lane.inPlace(), request -> {
                    notices.add(request.decode(SessionRpcs.NOTIFY_CONSUMER_IDS_CHANGED)
                            .consumerGroup());
                    return Response.success().now();
                })
                .build();
        client = opening(new RemotingClient(ClientConfig.defaults(), inbound));
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int index = opened.size() - 1; index >= 0; index--) {
            opened.get(index).close();
        }
    }

    @Test
    void messageGoesInAndComesOutAsItWas() throws IOException {
        Broker broker = start(Settings.empty());
        heartbeat(broker, "c1", "G");

        SendAnswer sent =
                send(broker, "Fresh", 1, "TAGS\u0001TagA\u0002", "hello").decode(SendRpcs.SEND_MESSAGE_V2);
        Reply pulled = ask(broker, PullRpcs.PULL_MESSAGE, pull("Fresh", 1, 0, 0));

        assertThat(sent.queueOffset()).isZero();
        assertThat(pulled.code()).isEqualTo(ResponseCode.SUCCESS);
        MessageRecord record = new MessageRecord();
        assertThat(record.wrap(pulled.body())).isTrue();
        assertThat(record.topic()).isEqualTo("Fresh");
        assertThat(StandardCharsets.UTF_8.decode(record.body()).toString()).isEqualTo("hello");
        assertThat(record.properties()).contains("TAGS\u0001TagA").contains("CLUSTER\u0001DefaultCluster");
        assertThat(record.storeHost().getPort()).isEqualTo(broker.port());
    }

    @Test
    void waitingPullIsAnsweredByTheNextMessageOfItsTag() throws IOException {
        Broker broker = start(Settings.empty());
        heartbeat(broker, "c1", "G");
        send(broker, "Fresh", 0, "", "makes the topic");

        CompletableFuture<Reply> answer = pullTagB(broker);
        send(broker, "Fresh", 1, "TAGS\u0001TagA\u0002", "not wanted");
        send(broker, "Fresh", 1, "TAGS\u0001TagB\u0002", "wanted");

        // Whether the pull or the other tag's message was there first: only its own tag's message answers it.
        Reply reply = answer.orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(reply.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(reply.decode(PullRpcs.PULL_MESSAGE).nextOffset()).isEqualTo(2);
    }

    @Test
    void waitingPullIsAnsweredByTheNextMessageThatMeetsItsCondition() throws IOException {
        Broker broker = start(Settings.empty());
        heartbeat(broker, "c1", "G");
        send(broker, "Fresh", 0, "", "makes the topic");

        CompletableFuture<Reply> answer = waitingPull(broker, "price > 10 AND colour IN ('green', 'blue')", "SQL92");
        send(broker, "Fresh", 1, "price\u000150\u0002colour\u0001red\u0002", "not wanted");
        send(broker, "Fresh", 1, "price\u00019\u0002colour\u0001blue\u0002", "not wanted");
        send(broker, "Fresh", 1, "price\u000111\u0002colour\u0001blue\u0002", "wanted");

        Reply reply = answer.orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(reply.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(reply.decode(PullRpcs.PULL_MESSAGE).nextOffset()).isEqualTo(3);
        MessageRecord record = new MessageRecord();
        assertThat(record.wrap(reply.body())).isTrue();
        assertThat(record.queueOffset()).isEqualTo(2);
    }

    @Test
    void badConditionIsRefusedToWhoeverBringsItAndToNobodyElse() throws IOException {
        Broker broker = start(Settings.empty());
        heartbeat(broker, "c1", "G");
        send(broker, "Fresh", 0, "", "makes the topic");
        String bad = "price > 10 AND";
        SubscriptionData subscription = SubscriptionData.of("Fresh", bad, "SQL92", 9);

        Reply checked = ask(
                broker,
                SessionRpcs.CHECK_CLIENT_CONFIG,
                new CheckSubscriptionRequest("c2", "G", Optional.empty(), subscription));
        Reply pulled = waitingPull(broker, bad, "SQL92").join();
        Reply heard = ask(
                broker,
                SessionRpcs.HEART_BEAT,
                new Heartbeat(
                        "c2",
                        List.of(),
                        List.of(new ConsumerMembership(
                                "G",
                                ConsumeType.CONSUME_PASSIVELY,
                                GroupModel.CLUSTERING,
                                StartFrom.CONSUME_FROM_LAST_OFFSET,
                                List.of(subscription),
                                false)),
                        0,
                        false));

        assertThat(List.of(checked, pulled, heard)).allSatisfy(reply -> {
            assertThat(reply.code()).isEqualTo(ResponseCode.SUBSCRIPTION_PARSE_FAILED);
            assertThat(reply.remark().orElseThrow()).contains("at character 15: expected a name");
        });
        assertThat(ask(broker, PullRpcs.PULL_MESSAGE, pull("Fresh", 0, 0, 0)).isSuccess())
                .isTrue();
    }

    @Test
    void conditionsCanBeTurnedOffWhileTheBrokerRuns() throws IOException {
        Broker broker = start(Settings.empty());
        send(broker, "Fresh", 0, "price\u000150\u0002", "makes the topic");
        SubscriptionData subscription = SubscriptionData.of("Fresh", "price > 10", "SQL92", 1);
        CheckSubscriptionRequest question = new CheckSubscriptionRequest("c1", "G", Optional.empty(), subscription);
        assertThat(ask(broker, SessionRpcs.CHECK_CLIENT_CONFIG, question).isSuccess())
                .isTrue();

        ask(
                broker,
                ConfigRpcs.UPDATE_BROKER_CONFIG,
                new ConfigText(Settings.of(Map.of("enablePropertyFilter", "false"))));

        Reply refused = ask(broker, SessionRpcs.CHECK_CLIENT_CONFIG, question);
        assertThat(refused.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(refused.remark().orElseThrow()).contains("enablePropertyFilter");
    }

    private CompletableFuture<Reply> pullTagB(Broker broker) {
        return waitingPull(broker, "TagB", "TAG");
    }

    private CompletableFuture<Reply> waitingPull(Broker broker, String expression, String type) {
        PullRequest waiting = new PullRequest(
                "G",
                "Fresh",
                1,
                0,
                32,
                PullFlags.SUSPEND | PullFlags.SUBSCRIPTION,
                0,
                15_000,
                Optional.of(expression),
                0,
                Optional.of(type),
                OptionalInt.empty(),
                Optional.empty());
        return client.call(address(broker), PullRpcs.PULL_MESSAGE, waiting, Duration.ofSeconds(30));
    }

    @Test
    void waitingPullsAreAnsweredWhenTheBrokerStops() throws IOException {
        Broker broker = start(Settings.empty());
        heartbeat(broker, "c1", "G");
        send(broker, "Fresh", 0, "", "makes the topic");
        CompletableFuture<Reply> answer = client.call(
                address(broker), PullRpcs.PULL_MESSAGE, pull("Fresh", 1, 0, PullFlags.SUSPEND), Duration.ofSeconds(30));
        assertThat(ask(broker, SessionRpcs.GET_CONSUMER_LIST_BY_GROUP, new ConsumerGroupRequest("G"))
                        .isSuccess())
                .isTrue(); // on the same connection, so the pull has been seen

        broker.close();

        assertThat(answer.orTimeout(5, TimeUnit.SECONDS).join().code()).isEqualTo(ResponseCode.PULL_NOT_FOUND);
    }

    @Test
    void messagesTopicsAndOffsetsAreThereAfterARestart() throws IOException {
        Broker first = start(Settings.empty());
        heartbeat(first, "c1", "G");
        for (int number = 0; number < 10; number++) {
            assertThat(send(first, "Fresh", 0, "", "m" + number).isSuccess()).isTrue();
        }
        assertThat(ask(first, OffsetRpcs.UPDATE_CONSUMER_OFFSET, new CommitOffsetRequest("G", "Fresh", 0, 7))
                        .isSuccess())
                .isTrue();
        first.close();

        Broker second = start(Settings.empty());

        assertThat(ask(second, OffsetRpcs.GET_MAX_OFFSET, new QueueRequest("Fresh", 0))
                        .decode(OffsetRpcs.GET_MAX_OFFSET)
                        .offset())
                .isEqualTo(10);
        assertThat(ask(second, OffsetRpcs.QUERY_CONSUMER_OFFSET, new CommittedOffsetRequest("G", "Fresh", 0, true))
                        .decode(OffsetRpcs.QUERY_CONSUMER_OFFSET)
                        .offset())
                .isEqualTo(7);
        assertThat(ask(second, TopicRpcs.GET_TOPIC_CONFIG, new TopicRequest("Fresh"))
                        .decode(TopicRpcs.GET_TOPIC_CONFIG)
                        .writeQueues())
                .isEqualTo(4);
    }

    @Test
    void membersHearOfEachOther() throws IOException {
        Broker broker = start(Settings.empty());
        heartbeat(broker, "c1", "G");
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(notices).containsExactly("G"));

        RemotingClient other = opening(new RemotingClient(ClientConfig.defaults(), RequestRouter.none()));
        other.call(address(broker), SessionRpcs.HEART_BEAT, membership("c2", "G"), TIMEOUT)
                .join();
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(notices).containsExactly("G", "G"));
        assertThat(members(broker)).containsExactly("c1", "c2");

        other.close();
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(members(broker)).containsExactly("c1"));
        assertThat(notices).containsExactly("G", "G", "G");
        assertThat(ask(broker, SessionRpcs.GET_CONSUMER_LIST_BY_GROUP, new ConsumerGroupRequest("Nobody"))
                        .code())
                .isEqualTo(ResponseCode.SYSTEM_ERROR);
    }

    @Test
    void queueIsLockedForOneClientAtATime() throws IOException {
        Broker broker = start(Settings.empty());
        MessageQueue queue = new MessageQueue("T", "broker-a", 0);

        Reply one = ask(broker, SessionRpcs.LOCK_BATCH_MQ, new LockRequest("G", "c1", List.of(queue), false));
        Reply two = ask(broker, SessionRpcs.LOCK_BATCH_MQ, new LockRequest("G", "c2", List.of(queue), false));

        assertThat(one.decode(SessionRpcs.LOCK_BATCH_MQ).locked()).containsExactly(queue);
        assertThat(two.decode(SessionRpcs.LOCK_BATCH_MQ).locked()).isEmpty();
    }

    @Test
    void newBrokerAndNewTopicAreRegisteredAtOnceAndWithdrawnAtTheEnd() throws IOException {
        FakeNameServer nameServer = opening(new FakeNameServer());
        Broker broker = start(Settings.empty()
                .with(
                        "namesrvAddr",
                        "127.0.0.1:" + nameServer.port() + ";127.0.0.1:1")); // nobody listens at the second
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(nameServer.registrations).hasSize(1));
        assertThat(nameServer.registrations.get(0).broker())
                .isEqualTo(new BrokerIdentity("DefaultCluster", "broker-a", 0, broker.address()));
        assertThat(nameServer.registrations.get(0).topics().topics())
                .extracting(TopicConfig::name)
                .contains("TBW102", "broker-a", "DefaultCluster");

        send(broker, "Fresh", 0, "", "hello");

        assertThat(nameServer.registrations).hasSize(2); // before the sender was answered
        assertThat(nameServer.registrations.get(1).topics().topics())
                .extracting(TopicConfig::name)
                .containsExactly("Fresh");
        assertThat(nameServer.registrations.get(1).topics().version())
                .isGreaterThan(nameServer.registrations.get(0).topics().version());
        broker.close();
        assertThat(nameServer.withdrawals).hasSize(1);
    }

    @Test
    void deletedTopicTakesItsQueuesAndOffsetsWithIt() throws IOException {
        Broker broker = start(Settings.empty());
        heartbeat(broker, "c1", "G");
        send(broker, "Fresh", 0, "", "hello");
        ask(broker, OffsetRpcs.UPDATE_CONSUMER_OFFSET, new CommitOffsetRequest("G", "Fresh", 0, 1));

        assertThat(ask(broker, TopicRpcs.DELETE_TOPIC_IN_BROKER, new TopicRequest("Fresh"))
                        .isSuccess())
                .isTrue();

        assertThat(ask(broker, TopicRpcs.GET_TOPIC_CONFIG, new TopicRequest("Fresh"))
                        .code())
                .isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
        assertThat(ask(broker, OffsetRpcs.GET_MAX_OFFSET, new QueueRequest("Fresh", 0))
                        .decode(OffsetRpcs.GET_MAX_OFFSET)
                        .offset())
                .isZero();
        assertThat(ask(broker, StatsRpcs.GET_CONSUME_STATS, new ConsumeStatsRequest("G", Optional.empty(), List.of()))
                        .decode(StatsRpcs.GET_CONSUME_STATS)
                        .queues())
                .isEmpty();
    }

    @Test
    void topicForTracesOfClientsIsThereWhereItIsAskedFor() throws IOException {
        Broker without = start(Settings.empty());
        int codeWithout = ask(without, TopicRpcs.GET_TOPIC_CONFIG, new TopicRequest("Traces"))
                .code();
        without.close();

        Broker with = start(Settings.of(Map.of("traceTopicEnable", "true", "msgTraceTopicName", "Traces")));
        TopicConfig made = ask(with, TopicRpcs.GET_TOPIC_CONFIG, new TopicRequest("Traces"))
                .decode(TopicRpcs.GET_TOPIC_CONFIG);

        assertThat(codeWithout).isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
        assertThat(made.readQueues()).isEqualTo(1);
        assertThat(made.writeQueues()).isEqualTo(1);
    }

    @Test
    void settingsAreChangedWhileTheBrokerRunsAndKeptOverARestart() throws IOException {
        Broker broker = start(Settings.empty());

        Reply changed = change(broker, Map.of("autoCreateTopicEnable", "false"));
        Reply refused = change(broker, Map.of("storePathRootDir", "/tmp/elsewhere"));
        Reply unknown = change(broker, Map.of("noSuchKey", "1"));
        Reply bad = change(broker, Map.of(CHANGED_FILE_KEY, "many"));

        assertThat(changed.isSuccess()).isTrue();
        assertThat(refused.code()).isEqualTo(ResponseCode.NO_PERMISSION);
        assertThat(unknown.code()).isEqualTo(ResponseCode.NO_PERMISSION);
        assertThat(bad.code()).isEqualTo(ResponseCode.INVALID_PARAMETER);
        assertThat(bad.remark().orElseThrow())
                .contains(CHANGED_FILE_KEY)
                .contains("many")
                .contains("expected");
        assertThat(send(broker, "Fresh", 0, "", "x").code()).isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
        assertThat(settings(broker)).containsEntry("autoCreateTopicEnable", "false");
        assertThat(Files.readString(directory.resolve("store/config/broker.properties")))
                .isEqualTo("autoCreateTopicEnable=false\n");
    }

    @Test
    void stateIsShownByTheNamesThatToolsRead() throws IOException {
        Broker broker = start(Settings.empty());
        send(broker, "Fresh", 0, "", "hello");

        Map<String, String> info = ask(broker, StatsRpcs.GET_BROKER_RUNTIME_INFO, Nothing.NOTHING)
                .decode(StatsRpcs.GET_BROKER_RUNTIME_INFO)
                .texts();

        assertThat(info)
                .containsEntry("putMessageTimesTotal", "1")
                .containsEntry("msgPutTotalTodayNow", "1")
                .containsKeys(
                        "brokerVersionDesc",
                        "putTps",
                        "getTransferredTps",
                        "getTransferedTps",
                        "commitLogDiskRatio",
                        "earliestMessageTimeStamp",
                        "scheduleMessageOffset_18",
                        "sendThreadPoolQueueSize",
                        "pullThreadPoolQueueHeadWaitTimeMills");
    }

    @Test
    void requestsThatAreNotBuiltAreRefused() throws IOException {
        Broker broker = start(Settings.empty());

        assertThat(send(broker, "Fresh", 0, "TIMER_DELAY_SEC\u00013\u0002", "x").code())
                .isEqualTo(ResponseCode.MESSAGE_ILLEGAL);
        Reply unknown = ask(
                broker,
                new Rpc<>(
                        RequestCode.QUERY_ASSIGNMENT,
                        "QUERY_ASSIGNMENT",
                        SessionRpcs.GET_CONSUMER_LIST_BY_GROUP.request(),
                        SessionRpcs.GET_CONSUMER_LIST_BY_GROUP.response()),
                new ConsumerGroupRequest("G"));
        assertThat(unknown.code()).isEqualTo(ResponseCode.REQUEST_CODE_NOT_SUPPORTED);
    }

    @Test
    void storeInUseAndPortInUseAreSaidToBe() throws IOException {
        Broker broker = start(Settings.empty());

        assertThatThrownBy(() -> start(Settings.empty()))
                .hasMessageContaining(directory.resolve("store").toString());
        assertThatThrownBy(() -> start(Settings.empty()
                        .with("storePathRootDir", directory.resolve("other").toString())
                        .with("listenPort", Integer.toString(broker.port()))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(Integer.toString(broker.port()));
        assertThat(send(broker, "Fresh", 0, "", "still served").isSuccess()).isTrue();
    }

    private Broker start(Settings more) throws IOException {
        Settings settings = Settings.of(Map.of(
                        "brokerName", "broker-a",
                        "brokerIP1", "127.0.0.1",
                        "bindAddress", "127.0.0.1",
                        "listenPort", "0",
                        "vipChannelEnable", "false",
                        "mappedFileSizeCommitLog", "1048576",
                        "storePathRootDir", directory.resolve("store").toString()))
                .with(more);
        return opening(Broker.start(BrokerConfig.from(settings), Clock.system()));
    }

    private Reply send(Broker broker, String topic, int queueId, String properties, String body) {
        return ask(
                broker,
                SendRpcs.SEND_MESSAGE_V2,
                new SendRequest(
                        "PG",
                        topic,
                        "TBW102",
                        4,
                        queueId,
                        0,
                        1_700_000_000_000L,
                        0,
                        properties,
                        0,
                        false,
                        OptionalInt.empty(),
                        false,
                        Optional.empty(),
                        ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8))));
    }

    private static PullRequest pull(String topic, int queueId, long offset, int flags) {
        return new PullRequest(
                "G",
                topic,
                queueId,
                offset,
                32,
                flags | PullFlags.SUBSCRIPTION,
                0,
                15_000,
                Optional.of("*"),
                0,
                Optional.of("TAG"),
                OptionalInt.empty(),
                Optional.empty());
    }

    private void heartbeat(Broker broker, String clientId, String group) {
        Reply reply = ask(broker, SessionRpcs.HEART_BEAT, membership(clientId, group));
        assertThat(reply.isSuccess()).isTrue();
        assertThat(reply.decode(SessionRpcs.HEART_BEAT).takesSecondVersion()).isTrue();
    }

    private static Heartbeat membership(String clientId, String group) {
        return new Heartbeat(
                clientId,
                List.of("PG"),
                List.of(new ConsumerMembership(
                        group,
                        ConsumeType.CONSUME_PASSIVELY,
                        GroupModel.CLUSTERING,
                        StartFrom.CONSUME_FROM_LAST_OFFSET,
                        List.of(SubscriptionData.ofTags("Fresh", "*", 1)),
                        false)),
                0,
                false);
    }

    private List<String> members(Broker broker) {
        return ask(broker, SessionRpcs.GET_CONSUMER_LIST_BY_GROUP, new ConsumerGroupRequest("G"))
                .decode(SessionRpcs.GET_CONSUMER_LIST_BY_GROUP)
                .clientIds();
    }

    private Reply change(Broker broker, Map<String, String> wanted) {
        return ask(broker, ConfigRpcs.UPDATE_BROKER_CONFIG, new ConfigText(Settings.of(wanted)));
    }

    private Map<String, String> settings(Broker broker) {
        return ask(broker, ConfigRpcs.GET_BROKER_CONFIG, Nothing.NOTHING)
                .decode(ConfigRpcs.GET_BROKER_CONFIG)
                .text()
                .settings()
                .asMap();
    }

    private <Q> Reply ask(Broker broker, Rpc<Q, ?> rpc, Q question) {
        return client.call(address(broker), rpc, question, TIMEOUT).join();
    }

    private static String address(Broker broker) {
        return "127.0.0.1:" + broker.port();
    }

    private <T extends AutoCloseable> T opening(T part) {
        opened.add(part);
        return part;
    }

    /** Takes every registration and remembers it. */
    private static final class FakeNameServer implements AutoCloseable {
        private final List<RegisterBrokerRequest> registrations = new CopyOnWriteArrayList<>();
        private final List<BrokerIdentity> withdrawals = new CopyOnWriteArrayList<>();
        private final RemotingServer server;

        FakeNameServer() throws IOException {
            RequestRouter router = RequestRouter.builder()
                    .on(RouteRpcs.REGISTER_BROKER, Lane.inPlace(), request -> {
                        registrations.add(request.decode(RouteRpcs.REGISTER_BROKER));
                        return Response.success(
                                        RouteRpcs.REGISTER_BROKER,
                                        new RegisterBrokerAnswer(Optional.empty(), Optional.empty(), Optional.empty()))
                                .now();
                    })
                    .on(RouteRpcs.UNREGISTER_BROKER, Lane.inPlace(), request -> {
                        withdrawals.add(request.decode(RouteRpcs.UNREGISTER_BROKER));
                        return Response.success().now();
                    })
                    .build();
            server = RemotingServer.start(ServerConfig.local(), router);
        }

        int port() {
            return server.port();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
