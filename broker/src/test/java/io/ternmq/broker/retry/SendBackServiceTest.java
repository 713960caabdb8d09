package io.ternmq.broker.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.delay.DelayArrivals;
import io.ternmq.broker.delay.DelayConfig;
import io.ternmq.broker.delay.MemoryStore;
import io.ternmq.broker.group.ConsumerGroups;
import io.ternmq.broker.group.GroupsConfig;
import io.ternmq.broker.group.GroupsFile;
import io.ternmq.broker.retry.SendBackOutcome.Refusal;
import io.ternmq.broker.retry.SendBackOutcome.Refused;
import io.ternmq.broker.retry.SendBackOutcome.Taken;
import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.broker.topic.Topics;
import io.ternmq.broker.topic.TopicsConfig;
import io.ternmq.broker.topic.TopicsFile;
import io.ternmq.common.config.Settings;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.PropertyString;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.topic.Permission;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.protocol.group.GroupConfig;
import io.ternmq.remoting.protocol.send.SendBackRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SendBackServiceTest {
    private static final InetSocketAddress PRODUCER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5555);
    private static final int NEW = 479;
    private static final int OLD = 120;
    private static final String SCHEDULE = "SCHEDULE_TOPIC_XXXX";

    private final FakeClock clock = new FakeClock();
    private Settings settings = Settings.empty();
    private int permission = Permission.READ_WRITE;
    private MemoryStore store;
    private Topics topics;
    private ConsumerGroups groups;
    private SendBackService service;

    @BeforeEach
    void build(@TempDir Path directory) throws IOException {
        topics = Topics.load(
                new TopicsFile(directory.resolve("topics.json"), clock),
                Runnable::run,
                () -> TopicsConfig.from(Settings.empty()),
                clock);
        groups = ConsumerGroups.load(
                new GroupsFile(directory.resolve("groups.json"), clock),
                Runnable::run,
                () -> GroupsConfig.from(settings),
                clock);
        store = new MemoryStore(DelayConfig.from(Settings.empty()).levels(), new DelayArrivals(), clock, false);
        service = new SendBackService(groups, topics, store, () -> permission);
    }

    @Test
    void messageIsStoredForTheRetryTopicOfItsGroupAndHeldBack() {
        long position = stored("TAGS\u0001a\u0002KEYS\u0001k\u0002UNIQ_KEY\u0001U\u0002TERN_SEND\u0001x\u0002", 0);

        assertThat(sendBack(position, 0, OptionalInt.of(16))).isInstanceOf(Taken.class);

        MessageRecord held = only(SCHEDULE, 2);
        assertThat(MemoryStore.text(held)).isEqualTo("hi");
        assertThat(held.reconsumeTimes()).isEqualTo(1);
        assertThat(held.flag()).isEqualTo(9);
        assertThat(held.sysFlag()).isEqualTo(1);
        assertThat(held.bornMillis()).isEqualTo(77);
        assertThat(held.bornHost()).isEqualTo(PRODUCER);
        assertThat(held.properties())
                .isEqualTo("TAGS\u0001a\u0002KEYS\u0001k\u0002UNIQ_KEY\u0001U\u0002RETRY_TOPIC\u0001T\u0002"
                        + "ORIGIN_MESSAGE_ID\u00017F00000100002A9F0000000000000000\u0002DELAY\u00013\u0002"
                        + "REAL_TOPIC\u0001%RETRY%G\u0002REAL_QID\u00010\u0002");
        assertThat(topics.find("%RETRY%G")).contains(TopicConfig.of("%RETRY%G", 1));
        assertThat(groups.find("G")).isPresent();
    }

    @Test
    void firstTopicAndFirstIdStayWithAMessageThatComesBackAgain() {
        long position = stored("RETRY_TOPIC\u0001First\u0002ORIGIN_MESSAGE_ID\u0001Id\u0002DELAY\u00013\u0002", 1);

        sendBack(position, 0, OptionalInt.empty());

        String properties = only(SCHEDULE, 3).properties();
        assertThat(PropertyString.find(properties, "RETRY_TOPIC")).contains("First");
        assertThat(PropertyString.find(properties, "ORIGIN_MESSAGE_ID")).contains("Id");
        assertThat(PropertyString.find(properties, "DELAY")).contains("4");
    }

    @ParameterizedTest
    @CsvSource({"0,0,3", "1,0,4", "15,0,18", "0,7,7", "9,1,1", "0,99,18"})
    void delayGrowsWithEachRetryUnlessTheConsumerNamesOne(int times, int wanted, int level) {
        sendBack(stored("", times), wanted, OptionalInt.empty());

        assertThat(store.readable(SCHEDULE, level - 1)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"15,16,false", "16,16,true", "17,16,true", "2,2,true", "0,0,true", "30,40,false"})
    void messageGivenOftenEnoughIsADeadLetter(int times, int timesMax, boolean isDead) {
        sendBack(stored("", times), 0, OptionalInt.of(timesMax));

        assertThat(store.readable("%DLQ%G", 0)).hasSize(isDead ? 1 : 0);
    }

    @Test
    void deadLetterIsReadableAtOnceAndTellsWhereItCameFrom() {
        sendBack(stored("", 16), 0, OptionalInt.of(16));

        MessageRecord dead = only("%DLQ%G", 0);
        assertThat(dead.reconsumeTimes()).isEqualTo(17);
        assertThat(dead.properties()).contains("RETRY_TOPIC\u0001T\u0002").contains("DELAY\u00010\u0002");
        assertThat(topics.find("%DLQ%G")).contains(TopicConfig.of("%DLQ%G", 1));
    }

    @Test
    void negativeLevelIsADeadLetterAtOnce() {
        sendBack(stored("", 0), -1, OptionalInt.of(16));

        assertThat(store.readable("%DLQ%G", 0)).hasSize(1);
    }

    @Test
    void limitIsTheGroupsWhereTheConsumerHasNoneOrIsTooOldToBeAsked() {
        update(group(1, 2));

        sendBack(stored("", 2), 0, OptionalInt.empty());
        service.sendBack(request(stored("", 2), 0, OptionalInt.of(16)), OLD);
        sendBack(stored("", 2), 0, OptionalInt.of(16));

        assertThat(store.readable("%DLQ%G", 0)).hasSize(2);
        assertThat(store.readable(SCHEDULE, 4)).hasSize(1);
    }

    @Test
    void retriesAreSpreadOverTheQueuesOfTheRetryTopic() {
        update(group(3, 16));

        for (int i = 0; i < 6; i++) {
            sendBack(stored("", 0), 0, OptionalInt.empty());
        }

        assertThat(topics.find("%RETRY%G")).contains(TopicConfig.of("%RETRY%G", 3));
        assertThat(store.readable(SCHEDULE, 2))
                .extracting(record ->
                        PropertyString.find(record.properties(), "REAL_QID").orElseThrow())
                .containsExactlyInAnyOrder("0", "1", "2", "0", "1", "2");
    }

    @Test
    void groupWithoutRetryQueuesGivesUpWhatFails() {
        update(group(0, 16));

        assertThat(sendBack(stored("", 0), 0, OptionalInt.empty())).isInstanceOf(Taken.class);

        assertThat(store.readable(SCHEDULE, 2)).isEmpty();
        assertThat(topics.find("%RETRY%G")).isEmpty();
    }

    @Test
    void groupThatMayNotComeToBeIsUnknown() {
        settings = Settings.of(Map.of("autoCreateSubscriptionGroup", "false"));

        assertThat(refused(sendBack(stored("", 0), 0, OptionalInt.empty()))).isEqualTo(Refusal.UNKNOWN_GROUP);
    }

    @Test
    void placeWithoutAMessageIsRefused() {
        assertThat(refused(sendBack(12_345, 0, OptionalInt.empty()))).isEqualTo(Refusal.NO_MESSAGE);
    }

    @Test
    void brokerOrRetryTopicThatMayNotBeWrittenRefuses() {
        long position = stored("", 0);
        permission = Permission.READ;
        assertThat(refused(sendBack(position, 0, OptionalInt.empty()))).isEqualTo(Refusal.NOT_PERMITTED);

        permission = Permission.READ_WRITE;
        topics.ensure(TopicConfig.of("%RETRY%G", 1, Permission.READ))
                .toCompletableFuture()
                .join();
        assertThat(refused(sendBack(position, 0, OptionalInt.empty()))).isEqualTo(Refusal.NOT_PERMITTED);
    }

    @Test
    void storeThatRefusesLeavesTheMessageWithTheConsumer() {
        long position = stored("", 0);
        store.refuse(AppendOutcome.Refusal.DISK_FULL, "no space");

        assertThat(refused(sendBack(position, 0, OptionalInt.empty()))).isEqualTo(Refusal.FAILED);
    }

    private SendBackOutcome sendBack(long position, int level, OptionalInt timesMax) {
        return service.sendBack(request(position, level, timesMax), NEW)
                .toCompletableFuture()
                .join();
    }

    private static SendBackRequest request(long position, int level, OptionalInt timesMax) {
        return new SendBackRequest(position, "G", level, Optional.of("id"), Optional.of("T"), false, timesMax);
    }

    private long stored(String properties, int times) {
        ByteBuffer body = ByteBuffer.wrap("hi".getBytes(StandardCharsets.UTF_8));
        MessageDraft draft = new MessageDraft("T", 1, 9, 1, 77, PRODUCER, times, 0, properties, body);
        return ((AppendOutcome.Stored) store.append(List.of(draft), true).join()).positions()[0];
    }

    private MessageRecord only(String topic, int queueId) {
        List<MessageRecord> records = store.readable(topic, queueId);
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private static Refusal refused(SendBackOutcome outcome) {
        return ((Refused) outcome).reason();
    }

    private void update(GroupConfig group) {
        groups.update(group).toCompletableFuture().join();
    }

    private static GroupConfig group(int retryQueues, int retryTimesMax) {
        GroupConfig usual = GroupConfig.withDefaults("G");
        return new GroupConfig(
                "G",
                true,
                true,
                true,
                false,
                retryQueues,
                retryTimesMax,
                usual.retryPolicy(),
                0,
                1,
                true,
                0,
                15,
                Map.of());
    }
}
