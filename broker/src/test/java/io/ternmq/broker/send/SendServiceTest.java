package io.ternmq.broker.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.group.ConsumerGroups;
import io.ternmq.broker.group.GroupsConfig;
import io.ternmq.broker.group.GroupsFile;
import io.ternmq.broker.repeat.RepeatConfig;
import io.ternmq.broker.repeat.SendsOnce;
import io.ternmq.broker.send.SendOutcome.Refusal;
import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.FakeStore;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.broker.topic.Topics;
import io.ternmq.broker.topic.TopicsConfig;
import io.ternmq.broker.topic.TopicsFile;
import io.ternmq.broker.traffic.Traffic;
import io.ternmq.common.config.Settings;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.topic.Permission;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.protocol.send.SendRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SendServiceTest {
    private static final InetSocketAddress PRODUCER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5555);
    private static final InetSocketAddress BROKER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911);
    private static final SendConfig CONFIG = new SendConfig(1024, "DefaultRegion", true);
    private static final String BATCH_ENTRY = "000000180000000000000000000000000000000268690000";

    private final FakeClock clock = new FakeClock();
    private final FakeStore store = new FakeStore();
    private final Traffic traffic = new Traffic(clock, ZoneOffset.UTC);
    private int permission = Permission.READ_WRITE;
    private final Set<String> orderedGroups = new HashSet<>();
    private Topics topics;
    private SendService service;

    @BeforeEach
    void build(@TempDir Path directory) throws IOException {
        topics = Topics.load(
                new TopicsFile(directory.resolve("topics.json"), clock),
                Runnable::run,
                () -> TopicsConfig.from(Settings.empty()),
                clock);
        ConsumerGroups groups = ConsumerGroups.load(
                new GroupsFile(directory.resolve("groups.json"), clock),
                Runnable::run,
                () -> GroupsConfig.from(Settings.empty()),
                clock);
        join(topics.ensureAll(List.of(
                TopicConfig.of("T", 4),
                TopicConfig.of("TBW102", 8, Permission.ALL),
                TopicConfig.of("ReadOnly", 4, Permission.READ))));
        service = new SendService(
                new SendTopics(topics, groups),
                new RetrySends(groups, topics, orderedGroups::contains),
                new SendChecks(CONFIG, () -> permission),
                new SendStamp("c", BROKER, CONFIG, () -> "MADE"),
                store,
                new SendsOnce(store, RepeatConfig.from(Settings.empty()), Runnable::run, clock),
                traffic);
    }

    @Test
    void messageIsStoredWithTheBrokersPropertiesAndAnsweredWithItsPlace() {
        SendOutcome.Stored stored = stored(service.send(send("T", 2, "UNIQ_KEY\u0001U1\u0002", "hi"), PRODUCER));

        assertThat(stored.messageIds()).isEqualTo("7F00000100002A9F0000000000000000");
        assertThat(stored.queueId()).isEqualTo(2);
        assertThat(stored.queueOffset()).isZero();
        assertThat(stored.uniqueKey()).isEqualTo("U1");
        MessageDraft draft = store.stored("T", 2).get(0);
        assertThat(draft.properties())
                .isEqualTo(
                        "UNIQ_KEY\u0001U1\u0002CLUSTER\u0001c\u0002MSG_REGION\u0001DefaultRegion\u0002TRACE_ON\u0001true\u0002");
        assertThat(draft.bornHost()).isEqualTo(PRODUCER);
        assertThat(draft.flag()).isEqualTo(9);
        assertThat(draft.bornMillis()).isEqualTo(1_700_000_000_000L);
        assertThat(traffic.messagesPut().total()).isEqualTo(1);
    }

    @Test
    void messageWithoutAUniqueKeyGetsOne() {
        SendOutcome.Stored stored = stored(service.send(send("T", 0, "", "hi"), PRODUCER));

        assertThat(stored.uniqueKey()).isEqualTo("MADE");
        assertThat(store.stored("T", 0).get(0).properties()).endsWith("UNIQ_KEY\u0001MADE\u0002");
    }

    @Test
    void senderThatDoesNotWaitIsAnsweredWithoutConfirmation() {
        stored(service.send(send("T", 0, "WAIT\u0001false\u0002", "hi"), PRODUCER));
        assertThat(store.waitedForConfirmation()).isFalse();

        stored(service.send(send("T", 0, "", "hi"), PRODUCER));
        assertThat(store.waitedForConfirmation()).isTrue();
    }

    @Test
    void senderThatNamesNoQueueGetsThemInTurn() {
        for (int number = 0; number < 8; number++) {
            stored(service.send(send("T", -1, "", "hi"), PRODUCER));
        }

        for (int queueId = 0; queueId < 4; queueId++) {
            assertThat(store.stored("T", queueId)).hasSize(2);
        }
    }

    @Test
    void unknownTopicIsMadeFirst() {
        SendOutcome.Stored stored = stored(service.send(send("Fresh", 3, "", "hi"), PRODUCER));

        assertThat(stored.queueId()).isEqualTo(3);
        assertThat(topics.find("Fresh")).contains(TopicConfig.of("Fresh", 4));
    }

    @Test
    void retryTopicOfANewGroupIsMadeWithTheGroup() {
        stored(service.send(send("%RETRY%G", 0, "", "hi"), PRODUCER));

        assertThat(topics.find("%RETRY%G")).contains(TopicConfig.of("%RETRY%G", 1));
    }

    @Test
    void messageRetriedAsOftenAsMayBeIsHeldBackAsItsSenderAsks() {
        stored(service.send(retried(16, OptionalInt.empty()), PRODUCER));
        stored(service.send(retried(3, OptionalInt.of(3)), PRODUCER));

        assertThat(store.stored("%RETRY%G", 0))
                .extracting(MessageDraft::delayLevel)
                .containsExactly(5, 5);
        assertThat(topics.find("%DLQ%G")).isEmpty();
    }

    @Test
    void messageRetriedMoreOftenGoesToTheDeadLettersAtOnce() {
        stored(service.send(retried(17, OptionalInt.empty()), PRODUCER));
        SendOutcome.Stored stored = stored(service.send(retried(4, OptionalInt.of(3)), PRODUCER));

        assertThat(stored.queueId()).isZero();
        assertThat(store.stored("%RETRY%G", 0)).isEmpty();
        assertThat(store.stored("%DLQ%G", 0)).hasSize(2).allSatisfy(draft -> {
            assertThat(draft.delayLevel()).isZero();
            assertThat(draft.properties()).startsWith("RETRY_TOPIC\u0001T\u0002DELAY\u0001-1\u0002");
        });
        assertThat(topics.find("%DLQ%G")).contains(TopicConfig.of("%DLQ%G", 1));
    }

    @Test
    void whatAGroupThatConsumesInOrderGivesUpGoesToTheDeadLetters() {
        orderedGroups.add("G");

        stored(service.send(retried(1, OptionalInt.of(16)), PRODUCER));

        assertThat(store.stored("%DLQ%G", 0)).hasSize(1);
    }

    @Test
    void topicThatCannotBeMadeIsUnknown() {
        SendRequest request = send("Fresh", "NoSuchTemplate", 0, 0, "", bytes("hi"));

        SendOutcome.Refused refused = refused(service.send(request, PRODUCER));

        assertThat(refused.reason()).isEqualTo(Refusal.UNKNOWN_TOPIC);
        assertThat(refused.detail()).contains("Fresh").contains("NoSuchTemplate");
    }

    @Test
    void bodyOfExactlyTheLimitIsTakenAndOneByteMoreIsNot() {
        stored(service.send(send("T", 0, "", "x".repeat(1024)), PRODUCER));

        SendOutcome.Refused refused = refused(service.send(send("T", 0, "", "x".repeat(1025)), PRODUCER));

        assertThat(refused.reason()).isEqualTo(Refusal.ILLEGAL_MESSAGE);
        assertThat(refused.detail()).contains("1025").contains("1024").contains("maxMessageSize");
    }

    @Test
    void propertiesThatDoNotFitIntoARecordAreRefused() {
        String tooLong = "K\u0001" + "ü".repeat(16_384) + "\u0002"; // 32768 bytes of UTF-8 and some

        SendOutcome.Refused refused = refused(service.send(send("T", 0, tooLong, "hi"), PRODUCER));

        assertThat(refused.reason()).isEqualTo(Refusal.ILLEGAL_MESSAGE);
        assertThat(refused.detail()).contains("32767");
        assertThat(store.stored("T", 0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRAN_MSG\u0001true\u0002", "DELAY\u0001x\u0002", "TIMER_DELAY_SEC\u00015\u0002"})
    void messageWhoseMeaningIsNotBuiltIsRefusedAndNotStored(String properties) {
        SendOutcome.Refused refused = refused(service.send(send("T", 0, properties, "hi"), PRODUCER));

        assertThat(refused.reason()).isEqualTo(Refusal.NOT_SUPPORTED);
        assertThat(store.stored("T", 0)).isEmpty();
        assertThat(traffic.putsRefused().total()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 12, 0x40, 0x80})
    void flagsThatAreNotTheSendersAreRefused(int sysFlag) {
        refused(service.send(send("T", "TBW102", 0, sysFlag, "", bytes("hi")), PRODUCER));

        assertThat(store.stored("T", 0)).isEmpty();
    }

    @Test
    void queueBeyondTheTopicsIsRefused() {
        SendOutcome.Refused refused = refused(service.send(send("T", 4, "", "hi"), PRODUCER));

        assertThat(refused.reason()).isEqualTo(Refusal.BAD_TARGET);
        assertThat(refused.detail()).contains("queueId[4] is illegal").contains("4 queues");
    }

    @Test
    void missingPermissionOfTopicOrBrokerIsRefused() {
        assertThat(refused(service.send(send("ReadOnly", 0, "", "hi"), PRODUCER))
                        .reason())
                .isEqualTo(Refusal.NOT_PERMITTED);
        assertThat(refused(service.send(send("SCHEDULE_TOPIC_XXXX", 0, "", "hi"), PRODUCER))
                        .reason())
                .isEqualTo(Refusal.NOT_PERMITTED);

        permission = Permission.READ;
        assertThat(refused(service.send(send("T", 0, "", "hi"), PRODUCER)).reason())
                .isEqualTo(Refusal.NOT_PERMITTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BUSY", "DISK_FULL", "WRITER_FAILED", "CLOSING", "NOT_WRITABLE", "TOO_LARGE"})
    void refusalOfTheStoreIsPassedOnWithItsReason(String reason) {
        store.refuse(AppendOutcome.Refusal.valueOf(reason), "because of " + reason);

        SendOutcome.Refused refused = refused(service.send(send("T", 0, "", "hi"), PRODUCER));

        assertThat(refused.detail()).isEqualTo("because of " + reason);
        assertThat(refused.reason())
                .isEqualTo(
                        switch (reason) {
                            case "BUSY" -> Refusal.BUSY;
                            case "TOO_LARGE" -> Refusal.ILLEGAL_MESSAGE;
                            default -> Refusal.UNAVAILABLE;
                        });
    }

    @Test
    void batchIsStoredAsOneUnitWithAnIdForEach() {
        SendRequest batch = send("T", "TBW102", 1, 0, "WAIT\u0001false\u0002", hex(BATCH_ENTRY.repeat(3)));

        SendOutcome.Stored stored = stored(service.sendBatch(batch, PRODUCER));

        assertThat(stored.messageIds())
                .isEqualTo("7F00000100002A9F0000000000000000,7F00000100002A9F0000000000000064,"
                        + "7F00000100002A9F00000000000000C8");
        assertThat(store.stored("T", 1)).hasSize(3);
        assertThat(store.waitedForConfirmation()).isFalse();
        assertThat(traffic.messagesPut().total()).isEqualTo(3);
    }

    @Test
    void batchWithOneBadMessageIsRefusedAsAWhole() {
        String delayed =
                "00000020" + "00000000" + "00000000" + "00000000" + "00000002" + "6869" + "0008" + "44454c4159013302";

        SendOutcome.Refused refused =
                refused(service.sendBatch(send("T", "TBW102", 0, 0, "", hex(BATCH_ENTRY + delayed)), PRODUCER));

        assertThat(refused.reason()).isEqualTo(Refusal.ILLEGAL_MESSAGE);
        assertThat(refused.detail()).contains("DELAY=3");
        assertThat(store.stored("T", 0)).isEmpty();
    }

    @Test
    void batchIsNotHeldBackAsAWhole() {
        SendRequest batch = send("T", "TBW102", 0, 0, "DELAY\u00013\u0002", hex(BATCH_ENTRY));

        assertThat(refused(service.sendBatch(batch, PRODUCER)).reason()).isEqualTo(Refusal.ILLEGAL_MESSAGE);
        assertThat(store.stored("T", 0)).isEmpty();
    }

    @Test
    void delayLevelGoesToTheStoreWithTheMessage() {
        stored(service.send(send("T", 2, "DELAY\u00013\u0002", "hi"), PRODUCER));
        stored(service.send(send("T", 2, "DELAY\u0001-1\u0002", "hi"), PRODUCER));

        assertThat(store.stored("T", 2)).extracting(MessageDraft::delayLevel).containsExactly(3, 0);
    }

    @Test
    void malformedBatchAndBatchToARetryTopicAreIllegal() {
        assertThat(refused(service.sendBatch(send("T", "TBW102", 0, 0, "", hex("00")), PRODUCER))
                        .reason())
                .isEqualTo(Refusal.ILLEGAL_MESSAGE);
        assertThat(refused(service.sendBatch(send("%RETRY%G", "TBW102", 0, 0, "", hex(BATCH_ENTRY)), PRODUCER))
                        .reason())
                .isEqualTo(Refusal.ILLEGAL_MESSAGE);
    }

    private static SendRequest retried(int times, OptionalInt timesMax) {
        return new SendRequest(
                "CLIENT_INNER_PRODUCER",
                "%RETRY%G",
                "TBW102",
                1,
                0,
                0,
                1_700_000_000_000L,
                9,
                "RETRY_TOPIC\u0001T\u0002DELAY\u00015\u0002",
                times,
                false,
                timesMax,
                false,
                Optional.empty(),
                bytes("hi"));
    }

    private static SendRequest send(String topic, int queueId, String properties, String body) {
        return send(topic, "TBW102", queueId, 0, properties, bytes(body));
    }

    private static SendRequest send(
            String topic, String template, int queueId, int sysFlag, String properties, ByteBuffer body) {
        return new SendRequest(
                "PG",
                topic,
                template,
                4,
                queueId,
                sysFlag,
                1_700_000_000_000L,
                9,
                properties,
                0,
                false,
                OptionalInt.empty(),
                false,
                Optional.empty(),
                body);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer hex(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    private static void join(CompletionStage<?> stage) {
        stage.toCompletableFuture().join();
    }

    private static SendOutcome.Stored stored(CompletableFuture<SendOutcome> outcome) {
        return outcome.join().fold(stored -> stored, refused -> {
            throw new AssertionError(refused);
        });
    }

    private static SendOutcome.Refused refused(CompletableFuture<SendOutcome> outcome) {
        return outcome.join()
                .fold(
                        stored -> {
                            throw new AssertionError(stored);
                        },
                        refused -> refused);
    }
}
