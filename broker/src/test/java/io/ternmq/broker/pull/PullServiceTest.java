package io.ternmq.broker.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.filter.FilterCompiler;
import io.ternmq.broker.filter.FilterConfig;
import io.ternmq.broker.group.ConsumerGroups;
import io.ternmq.broker.group.GroupsConfig;
import io.ternmq.broker.group.GroupsFile;
import io.ternmq.broker.offset.ConsumerOffsets;
import io.ternmq.broker.pull.PullOutcome.Refusal;
import io.ternmq.broker.session.Client;
import io.ternmq.broker.session.ClientSessions;
import io.ternmq.broker.session.FakeConnection;
import io.ternmq.broker.session.SessionConfig;
import io.ternmq.broker.store.FakeStore;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.broker.store.ReadResult;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.topic.Topics;
import io.ternmq.broker.topic.TopicsConfig;
import io.ternmq.broker.topic.TopicsFile;
import io.ternmq.common.config.Settings;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.topic.Permission;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import io.ternmq.remoting.protocol.group.GroupConfig;
import io.ternmq.remoting.protocol.pull.PullFlags;
import io.ternmq.remoting.protocol.pull.PullRequest;
import io.ternmq.remoting.protocol.session.ConsumeType;
import io.ternmq.remoting.protocol.session.ConsumerMembership;
import io.ternmq.remoting.protocol.session.GroupModel;
import io.ternmq.remoting.protocol.session.Heartbeat;
import io.ternmq.remoting.protocol.session.StartFrom;
import io.ternmq.remoting.server.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PullServiceTest {
    private static final Duration WAIT_MAX = Duration.ofSeconds(15);

    private static final int READERS_MAX = 1;
    private static final String TAG_OF_THREE_LETTERS = "\u0003"; // its hash is 3, and that of a body its length here
    private static final TopicQueue QUEUE = new TopicQueue("T", 0);

    private final FakeClock clock = new FakeClock();
    private final FakeStore store = new FakeStore();
    private final ConsumerOffsets offsets = new ConsumerOffsets(100);
    private final ParkedPulls parked = new ParkedPulls(clock, 2);
    private final Queue<Runnable> readers = new ArrayDeque<>();
    private final ClientSessions sessions =
            new ClientSessions(SessionConfig.from(Settings.empty()), clock, group -> {});
    private Settings settings = Settings.empty();
    private Topics topics;
    private ConsumerGroups groups;
    private PullService service;

    @BeforeEach
    void build(@TempDir Path directory) throws IOException {
        topics = Topics.load(
                new TopicsFile(directory.resolve("topics.json"), clock),
                Runnable::run,
                () -> TopicsConfig.from(settings),
                clock);
        groups = ConsumerGroups.load(
                new GroupsFile(directory.resolve("groups.json"), clock),
                Runnable::run,
                () -> GroupsConfig.from(settings),
                clock);
        topics.ensureAll(List.of(TopicConfig.of("T", 2), TopicConfig.of("WriteOnly", 1, Permission.WRITE)))
                .toCompletableFuture()
                .join();
        service = new PullService(
                new PullAdmission(
                        topics,
                        sessions,
                        new FilterCompiler(() -> FilterConfig.from(settings)),
                        () -> TopicsConfig.from(settings).permission()),
                groups,
                offsets,
                new PullReads(store, this::onReader),
                parked,
                () -> PullConfig.from(settings),
                clock);
        subscribe("T", GroupModel.CLUSTERING);
    }

    @Test
    void messagesAreGivenFromTheOffsetOnUpToTheLimitOfTheRequest() {
        put("a", "bb", "ccc");

        ReadResult result = read(pull(new Ask().from(1).messages(1)));

        assertThat(result.status()).isEqualTo(ReadResult.Status.FOUND);
        assertThat(result.records()).hasSize(1);
        assertThat(result.nextOffset()).isEqualTo(2);
        assertThat(result.maxOffset()).isEqualTo(3);
    }

    @Test
    void answerIsLeasedUntilItIsWritten() {
        put("a");

        Response response = PullReply.to(pull(new Ask()).join());
        assertThat(response.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(store.leased()).isEqualTo(1);

        response.payload().body().release();
        assertThat(store.leased()).isZero();
    }

    @Test
    void readThatMayTouchTheDiskIsServedOnAReader() {
        put("a");
        store.becomeCold();

        CompletableFuture<PullOutcome> answer = pull(new Ask());
        assertThat(answer).isNotDone();
        readers.remove().run();

        assertThat(read(answer).records()).hasSize(1);
    }

    @Test
    void readThatIsKnownToTouchMemoryAloneIsServedInPlace() {
        put("a");
        store.becomeCold();
        store.becomeKnown();

        assertThat(read(pull(new Ask())).records()).hasSize(1);
        assertThat(readers).isEmpty();
    }

    @Test
    void moreReadsFromDiskThanMayWaitAreRefused() {
        put("a");
        store.becomeCold();
        var unused = pull(new Ask());

        PullOutcome.Refused refused = refused(pull(new Ask()));

        assertThat(refused.reason()).isEqualTo(Refusal.BUSY);
    }

    @Test
    void pullAtTheEndWaitsForTheNextMessage() {
        put("a");
        CompletableFuture<PullOutcome> answer = pull(new Ask().from(1).suspend());
        parked.doWork();
        assertThat(answer).isNotDone();
        assertThat(store.leased()).isZero();

        put("bb");

        assertThat(read(answer).nextOffset()).isEqualTo(2);
    }

    @Test
    void pullOfAnEmptyQueueWaitsFromItsBeginning() {
        CompletableFuture<PullOutcome> answer = pull(new Ask().suspend());
        parked.doWork();
        assertThat(answer).isNotDone();

        put("a");

        assertThat(read(answer).records()).hasSize(1);
    }

    @Test
    void waitIsOverWhenTheTimeTheConsumerAskedForIs() {
        CompletableFuture<PullOutcome> answer = pull(new Ask().suspend());
        parked.doWork();

        clock.advance(WAIT_MAX);
        parked.doWork();

        assertThat(PullReply.to(answer.join()).code()).isEqualTo(ResponseCode.PULL_NOT_FOUND);
        assertThat(store.leased()).isZero();
    }

    @Test
    void withoutLongPollingTheWaitIsShort() {
        settings = settings.with("longPollingEnable", "false");
        CompletableFuture<PullOutcome> answer = pull(new Ask().suspend());
        parked.doWork();

        clock.advance(Duration.ofSeconds(1));
        parked.doWork();

        assertThat(answer).isDone();
    }

    @Test
    void pullsThatBeganToWaitShortlyAfterEachOtherAreAnsweredTogether() {
        CompletableFuture<PullOutcome> first = pull(new Ask().suspend());
        parked.doWork();
        long due = parked.nextDueNanos();
        assertThat(due - clock.monotonicNanos())
                .isBetween(WAIT_MAX.toNanos() - WAIT_MAX.toNanos() / 16, WAIT_MAX.toNanos());
        long sinceTheGrid = clock.monotonicNanos() + WAIT_MAX.toNanos() - due;
        clock.advance(Duration.ofNanos((1L << 29) - 1 - sinceTheGrid)); // its lines are half a second apart
        CompletableFuture<PullOutcome> last = pull(new Ask().suspend());
        parked.doWork();

        clock.advance(Duration.ofNanos(due - clock.monotonicNanos() - 1));
        parked.doWork();
        assertThat(first).isNotDone();

        clock.advance(Duration.ofNanos(1));
        parked.doWork();
        assertThat(first).isDone();
        assertThat(last).isDone();
    }

    @Test
    void pullThatMayNotWaitIsAnsweredAtOnce() {
        Response response = PullReply.to(pull(new Ask()).join());

        assertThat(response.code()).isEqualTo(ResponseCode.PULL_NOT_FOUND);
        assertThat(response.remark()).contains("NO_MATCHED_LOGIC_QUEUE");
    }

    @Test
    void pullBeyondTheEndIsTurnedBackAtOnce() {
        put("a");

        Response response = PullReply.to(pull(new Ask().from(7).suspend()).join());

        assertThat(response.code()).isEqualTo(ResponseCode.PULL_OFFSET_MOVED);
        assertThat(response.payload().fields().int64("nextBeginOffset")).isEqualTo(1);
    }

    @Test
    void morePullsThanMayWaitAreTurnedAway() {
        var first = pull(new Ask().suspend());
        var second = pull(new Ask().suspend());

        PullOutcome.Refused refused = refused(pull(new Ask().suspend()));

        assertThat(refused.reason()).isEqualTo(Refusal.BUSY);
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
    }

    @Test
    void expressionOfTheRequestFilters() {
        put("a", "bb");

        ReadResult none = read(pull(new Ask().expression("TagA", "TAG")));

        assertThat(none.status()).isEqualTo(ReadResult.Status.NO_MATCH);
        assertThat(PullReply.to(new PullOutcome.Read(0, none)).code()).isEqualTo(ResponseCode.PULL_RETRY_IMMEDIATELY);
    }

    @Test
    void pullThatMetOnlyWhatItDoesNotWantGoesOnWaiting() {
        put("a", "bb");
        CompletableFuture<PullOutcome> answer =
                pull(new Ask().expression(TAG_OF_THREE_LETTERS, "TAG").suspend());
        parked.doWork();
        put("dddd");
        assertThat(answer).isNotDone();
        assertThat(store.leased()).isZero();

        put("ccc");

        ReadResult result = read(answer);
        assertThat(result.records()).hasSize(1);
        assertThat(result.nextOffset()).isEqualTo(4);
    }

    @Test
    void pullThatWaitedInVainTellsWhatWasPassedOver() {
        put("a", "bb");
        CompletableFuture<PullOutcome> answer =
                pull(new Ask().expression(TAG_OF_THREE_LETTERS, "TAG").suspend());
        parked.doWork();

        clock.advance(WAIT_MAX);
        parked.doWork();

        Response response = PullReply.to(answer.join());
        assertThat(response.code()).isEqualTo(ResponseCode.PULL_RETRY_IMMEDIATELY);
        assertThat(response.payload().fields().int64("nextBeginOffset")).isEqualTo(2);
        assertThat(store.leased()).isZero();
    }

    @Test
    void conditionIsNeverLookedAtOnTheNetworkThread() {
        putWith("colour\u0001green\u0002", "a");

        CompletableFuture<PullOutcome> answer = pull(new Ask().expression("colour = 'green'", "SQL92"));
        assertThat(answer).isNotDone();
        readers.remove().run();

        assertThat(read(answer).records()).hasSize(1);
    }

    @Test
    void arrivalThatDoesNotMeetTheConditionLeavesThePullWaiting() {
        CompletableFuture<PullOutcome> answer =
                pull(new Ask().expression("colour = 'green'", "SQL92").suspend());
        readers.remove().run();
        parked.doWork();

        putWith("colour\u0001red\u0002", "a");
        readers.remove().run();
        parked.doWork();
        assertThat(answer).isNotDone();
        assertThat(store.leased()).isZero();

        putWith("colour\u0001green\u0002", "b");
        readers.remove().run();
        ReadResult result = read(answer);
        assertThat(result.records()).hasSize(1);
        assertThat(result.nextOffset()).isEqualTo(2);
    }

    @Test
    void pullThatWaitsWithAConditionIsAnsweredWhenItsTimeIsOver() {
        CompletableFuture<PullOutcome> answer =
                pull(new Ask().expression("colour = 'green'", "SQL92").suspend());
        readers.remove().run();
        parked.doWork();
        putWith("colour\u0001red\u0002", "a");
        readers.remove().run();
        parked.doWork();

        clock.advance(WAIT_MAX);
        parked.doWork();
        readers.remove().run();

        Response response = PullReply.to(answer.join());
        assertThat(response.code()).isEqualTo(ResponseCode.PULL_RETRY_IMMEDIATELY);
        assertThat(response.payload().fields().int64("nextBeginOffset")).isEqualTo(1);
    }

    @Test
    void pullThatWaitsWithAConditionIsAnsweredWhenTheBrokerStops() {
        CompletableFuture<PullOutcome> answer =
                pull(new Ask().expression("colour = 'green'", "SQL92").suspend());
        readers.remove().run();
        parked.doWork();

        parked.close();
        parked.doWork();
        readers.remove().run();

        assertThat(PullReply.to(answer.join()).code()).isEqualTo(ResponseCode.PULL_NOT_FOUND);
        assertThat(parked.waiting()).isZero();
    }

    @Test
    void conditionOfTheGroupIsUsedWhereThePullBringsNone() {
        subscribe(SubscriptionData.of("T", "colour = 'green'", "SQL92", 2), GroupModel.CLUSTERING);
        putWith("colour\u0001red\u0002", "a");
        putWith("colour\u0001green\u0002", "b");

        CompletableFuture<PullOutcome> answer = pull(new Ask().version(2));
        readers.remove().run();

        assertThat(read(answer).records()).hasSize(1);
    }

    @Test
    void pullThatWaitsSeesWhatArrivesAsItsGroupWantsItThen() {
        subscribe(SubscriptionData.of("T", "colour = 'green'", "SQL92", 2), GroupModel.CLUSTERING);
        CompletableFuture<PullOutcome> answer = pull(new Ask().version(2).suspend());
        readers.remove().run();
        parked.doWork();

        subscribe(SubscriptionData.of("T", "colour = 'red'", "SQL92", 3), GroupModel.CLUSTERING);
        putWith("colour\u0001red\u0002", "a");
        readers.remove().run();

        assertThat(read(answer).records()).hasSize(1);
    }

    @Test
    void messageOfTheRetryTopicIsLookedAtWithTheConditionOfItsTopic() {
        topics.ensureAll(List.of(TopicConfig.of("%RETRY%G", 1)))
                .toCompletableFuture()
                .join();
        TopicQueue retries = new TopicQueue("%RETRY%G", 0);
        put(retries, "RETRY_TOPIC\u0001T\u0002colour\u0001red\u0002", "a");
        put(retries, "RETRY_TOPIC\u0001T\u0002colour\u0001green\u0002", "b");
        put(retries, "RETRY_TOPIC\u0001Other\u0002colour\u0001red\u0002", "c");
        Ask ask = new Ask().topic("%RETRY%G").expression("*", "TAG");

        assertThat(read(pull(ask)).records()).hasSize(3);

        subscribe(SubscriptionData.of("T", "colour = 'green'", "SQL92", 2), GroupModel.CLUSTERING);
        CompletableFuture<PullOutcome> answer = pull(ask);
        readers.remove().run();
        assertThat(read(answer).records()).hasSize(2);

        settings = settings.with("filterSupportRetry", "false");
        assertThat(read(pull(ask)).records()).hasSize(3);
    }

    @Test
    void commitThatCameWithThePullIsNoted() {
        var unused = pull(new Ask().commit(42));

        assertThat(offsets.committed("G", "T", 0)).hasValue(42);
    }

    @Test
    void groupThatWasSentElsewhereIsToldSoOnceAtItsNextPull() {
        put("a", "b", "c");
        offsets.commit("G", "T", 0, 3);
        offsets.reset("G", "T", 0, 1);

        Response response =
                PullReply.to(pull(new Ask().from(3).suspend().commit(3)).join());

        assertThat(response.code()).isEqualTo(ResponseCode.PULL_OFFSET_MOVED);
        assertThat(response.remark()).contains("OFFSET_RESET");
        assertThat(response.payload().fields().int64("nextBeginOffset")).isEqualTo(1);
        assertThat(response.payload().fields().int64("maxOffset")).isEqualTo(3);
        assertThat(offsets.committed("G", "T", 0)).hasValue(1);
        assertThat(read(pull(new Ask().from(1))).records()).hasSize(2);
    }

    @Test
    void groupThatIsWhereItWasSentAlreadyReadsOn() {
        put("a", "b");
        offsets.reset("G", "T", 0, 1);

        assertThat(read(pull(new Ask().from(1))).records()).hasSize(1);
        assertThat(read(pull(new Ask().from(0))).records()).hasSize(2);
    }

    @Test
    void pullThatWaitsHearsOfAReset() {
        put("a");
        CompletableFuture<PullOutcome> answer = pull(new Ask().from(1).suspend());
        parked.doWork();

        offsets.reset("G", "T", 0, 0);
        parked.wake(QUEUE);
        parked.doWork();

        Response response = PullReply.to(answer.join());
        assertThat(response.code()).isEqualTo(ResponseCode.PULL_OFFSET_MOVED);
        assertThat(response.payload().fields().int64("nextBeginOffset")).isZero();
        assertThat(store.leased()).isZero();
    }

    @Test
    void whatIsNoLongerInMemoryIsGivenInSmallerAnswers() {
        put("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
        store.becomeCold();
        CompletableFuture<PullOutcome> likelyInMemory = pull(new Ask());
        readers.remove().run();
        assertThat(read(likelyInMemory).records()).hasSize(10);

        store.moveToDisk();
        CompletableFuture<PullOutcome> onDisk = pull(new Ask());
        readers.remove().run();
        assertThat(read(onDisk).records()).hasSize(8);

        settings = settings.with("maxTransferCountOnMessageInDisk", "3");
        CompletableFuture<PullOutcome> fewer = pull(new Ask());
        readers.remove().run();
        assertThat(read(fewer).records()).hasSize(3);

        settings = settings.with("maxTransferCountOnMessageInMemory", "2");
        CompletableFuture<PullOutcome> fewest = pull(new Ask());
        readers.remove().run();
        assertThat(read(fewest).records()).hasSize(2);
    }

    @Test
    void readerIsSentToAReplicaOnlyWhereReplicasMayBeRead() {
        BooleanSupplier mayRead = () -> PullConfig.from(settings).isReplicaSuggested();
        BrokerHints hints = new BrokerHints(groups, mayRead);
        groups.update(GroupConfig.withDefaults("G")).toCompletableFuture().join();
        assertThat(hints.of("G").brokerId(true)).isZero();

        settings = settings.with("slaveReadEnable", "true");

        assertThat(hints.of("G").brokerId(true)).isEqualTo(1);
        assertThat(hints.of("G").brokerId(false)).isZero();
        assertThat(hints.of("Unknown").brokerId(true)).isZero();
        ReadResult slow = new ReadResult(ReadResult.Status.AT_END, 1, 0, 1, List.of(), true, () -> {});
        assertThat(PullReply.to(new PullOutcome.Read(1, slow), hints.of("G"))
                        .payload()
                        .fields()
                        .int64("suggestWhichBrokerId"))
                .isEqualTo(1);
    }

    @Test
    void refusalsHaveTheCodesOfTheProtocol() {
        assertCode(new Ask().topic("Nowhere"), ResponseCode.TOPIC_NOT_EXIST);
        assertCode(new Ask().topic("WriteOnly"), ResponseCode.NO_PERMISSION);
        assertCode(new Ask().queue(2), ResponseCode.INVALID_PARAMETER);
        assertCode(new Ask().queue(-1), ResponseCode.INVALID_PARAMETER);
        assertCode(new Ask().group("Unseen"), ResponseCode.SUBSCRIPTION_NOT_EXIST);
        assertCode(new Ask().version(2), ResponseCode.SUBSCRIPTION_NOT_LATEST);
        assertCode(new Ask().expression("||", "TAG"), ResponseCode.SUBSCRIPTION_PARSE_FAILED);
        assertCode(new Ask().expression("a >", "SQL92"), ResponseCode.SUBSCRIPTION_PARSE_FAILED);
        assertCode(new Ask().expression("a", "REGEX"), ResponseCode.SYSTEM_ERROR);

        settings = settings.with("enablePropertyFilter", "false");
        assertCode(new Ask().expression("a > 1", "SQL92"), ResponseCode.SYSTEM_ERROR);

        settings = settings.with("autoCreateSubscriptionGroup", "false");
        assertCode(new Ask().group("Unknown"), ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST);

        settings = settings.with("brokerPermission", "2");
        assertCode(new Ask(), ResponseCode.NO_PERMISSION);
    }

    @Test
    void refusalsOfPermissionSayWhose() {
        settings = settings.with("brokerPermission", "2");
        assertThat(forbiddenBy(new Ask())).isEqualTo(1);
        settings = Settings.empty();

        GroupConfig defaults = GroupConfig.withDefaults("G");
        groups.update(closed(defaults, false, true)).toCompletableFuture().join();
        assertThat(forbiddenBy(new Ask())).isEqualTo(2);

        assertThat(forbiddenBy(new Ask().group("H").topic("WriteOnly"))).isEqualTo(3);

        groups.update(closed(defaults, true, false)).toCompletableFuture().join();
        subscribe("T", GroupModel.BROADCASTING);
        assertThat(forbiddenBy(new Ask())).isEqualTo(4);
    }

    private int forbiddenBy(Ask ask) {
        Response response = PullReply.to(pull(ask).join());
        assertThat(response.code()).isEqualTo(ResponseCode.NO_PERMISSION);
        return response.payload().fields().int32("forbiddenType");
    }

    private void assertCode(Ask ask, int code) {
        assertThat(PullReply.to(pull(ask).join()).code()).isEqualTo(code);
    }

    private CompletableFuture<PullOutcome> pull(Ask ask) {
        return service.pull(ask.request(), Runnable::run);
    }

    private void onReader(Runnable task) {
        if (readers.size() == READERS_MAX) {
            throw new RejectedExecutionException("full");
        }
        readers.add(task);
    }

    private void put(String... bodies) {
        putWith("", bodies);
    }

    private void putWith(String properties, String... bodies) {
        put(QUEUE, properties, bodies);
    }

    private void put(TopicQueue queue, String properties, String... bodies) {
        for (String body : bodies) {
            long offset = store.range(queue).maxOffset();
            MessageDraft draft = new MessageDraft(
                    queue.topic(),
                    queue.queueId(),
                    0,
                    0,
                    0,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                    0,
                    0,
                    properties,
                    ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
            store.append(List.of(draft), true).join();
            parked.arrived(queue, offset, body.length());
        }
    }

    private void subscribe(String topic, GroupModel model) {
        subscribe(SubscriptionData.ofTags(topic, "*", 1), model);
    }

    private void subscribe(SubscriptionData subscription, GroupModel model) {
        ConsumerMembership membership = new ConsumerMembership(
                "G",
                ConsumeType.CONSUME_PASSIVELY,
                model,
                StartFrom.CONSUME_FROM_LAST_OFFSET,
                List.of(subscription),
                false);
        sessions.heard(
                new Client("c", "JAVA", 479, new FakeConnection(1)),
                new Heartbeat("c", List.of(), List.of(membership), 0, false));
    }

    private static GroupConfig closed(GroupConfig group, boolean isConsumable, boolean mayBroadcast) {
        return new GroupConfig(
                group.name(),
                isConsumable,
                group.mayStartAtMin(),
                mayBroadcast,
                group.isOrdered(),
                group.retryQueues(),
                group.retryTimesMax(),
                group.retryPolicy(),
                group.brokerId(),
                group.brokerIdWhenSlow(),
                group.notifiesMembers(),
                group.sysFlag(),
                group.consumeTimeoutMinutes(),
                group.attributes());
    }

    private static ReadResult read(CompletableFuture<PullOutcome> outcome) {
        return outcome.join()
                .fold(
                        PullOutcome.Read::result,
                        moved -> {
                            throw new AssertionError(moved);
                        },
                        refused -> {
                            throw new AssertionError(refused);
                        });
    }

    private static PullOutcome.Refused refused(CompletableFuture<PullOutcome> outcome) {
        return outcome.join()
                .fold(
                        read -> {
                            throw new AssertionError(read);
                        },
                        moved -> {
                            throw new AssertionError(moved);
                        },
                        refused -> refused);
    }

    /** A pull of group G from queue 0 of topic T, as a push consumer sends it, unless said otherwise. */
    private static final class Ask {
        private String group = "G";
        private String topic = "T";
        private int queueId;
        private long offset;
        private int messages = 32;
        private int flags;
        private long commit;
        private long version;
        private Optional<String> expression = Optional.empty();
        private Optional<String> type = Optional.empty();

        Ask group(String value) {
            group = value;
            return this;
        }

        Ask topic(String value) {
            topic = value;
            return this;
        }

        Ask queue(int value) {
            queueId = value;
            return this;
        }

        Ask from(long value) {
            offset = value;
            return this;
        }

        Ask messages(int value) {
            messages = value;
            return this;
        }

        Ask suspend() {
            flags |= PullFlags.SUSPEND;
            return this;
        }

        Ask commit(long value) {
            flags |= PullFlags.COMMIT_OFFSET;
            commit = value;
            return this;
        }

        Ask version(long value) {
            version = value;
            return this;
        }

        Ask expression(String text, String expressionType) {
            flags |= PullFlags.SUBSCRIPTION;
            expression = Optional.of(text);
            type = Optional.of(expressionType);
            return this;
        }

        PullRequest request() {
            return new PullRequest(
                    group,
                    topic,
                    queueId,
                    offset,
                    messages,
                    flags,
                    commit,
                    15_000,
                    expression,
                    version,
                    type,
                    OptionalInt.empty(),
                    Optional.empty());
        }
    }
}
