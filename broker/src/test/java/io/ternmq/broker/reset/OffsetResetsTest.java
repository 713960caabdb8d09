package io.ternmq.broker.reset;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.group.ConsumerGroups;
import io.ternmq.broker.group.GroupsConfig;
import io.ternmq.broker.group.GroupsFile;
import io.ternmq.broker.offset.ConsumerOffsets;
import io.ternmq.broker.reset.ResetOutcome.Refusal;
import io.ternmq.broker.session.Client;
import io.ternmq.broker.session.ClientSessions;
import io.ternmq.broker.session.FakeConnection;
import io.ternmq.broker.session.SessionConfig;
import io.ternmq.broker.store.FakeStore;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.TimeBoundary;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.topic.Topics;
import io.ternmq.broker.topic.TopicsConfig;
import io.ternmq.broker.topic.TopicsFile;
import io.ternmq.common.config.Settings;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import io.ternmq.remoting.protocol.offset.ResetByTimeRequest;
import io.ternmq.remoting.protocol.session.ConsumeType;
import io.ternmq.remoting.protocol.session.ConsumerMembership;
import io.ternmq.remoting.protocol.session.GroupModel;
import io.ternmq.remoting.protocol.session.Heartbeat;
import io.ternmq.remoting.protocol.session.ResetOffsetsRequest;
import io.ternmq.remoting.protocol.session.StartFrom;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OffsetResetsTest {
    private static final MessageQueue FIRST = new MessageQueue("T", "broker-a", 0);
    private static final MessageQueue SECOND = new MessageQueue("T", "broker-a", 1);

    private final FakeClock clock = new FakeClock();
    private final ConsumerOffsets offsets = new ConsumerOffsets(2);
    private final ClientSessions sessions =
            new ClientSessions(SessionConfig.from(Settings.empty()), clock, group -> {});
    private final List<TopicQueue> woken = new ArrayList<>();
    private boolean isByServer = true;
    private OffsetResets resets;

    /** Queues from 10 to 90; the message at an offset was stored at ten times that. */
    private static final class SpannedStore extends FakeStore {
        @Override
        public QueueRange range(TopicQueue queue) {
            return new QueueRange(10, 90);
        }

        @Override
        public long offsetAt(TopicQueue queue, long wallMillis, TimeBoundary boundary) {
            return wallMillis / 10;
        }
    }

    @BeforeEach
    void build(@TempDir Path directory) throws IOException {
        Topics topics = Topics.load(
                new TopicsFile(directory.resolve("topics.json"), clock),
                Runnable::run,
                () -> TopicsConfig.from(Settings.empty()),
                clock);
        topics.ensureAll(List.of(TopicConfig.of("T", 2), TopicConfig.of("Wide", 3)))
                .toCompletableFuture()
                .join();
        ConsumerGroups groups = ConsumerGroups.load(
                new GroupsFile(directory.resolve("groups.json"), clock),
                Runnable::run,
                () -> GroupsConfig.from(Settings.empty()),
                clock);
        groups.findOrCreate("G").toCompletableFuture().join();
        resets = new OffsetResets(
                topics,
                groups,
                offsets,
                sessions,
                new ResetTargets(new SpannedStore(), offsets),
                new ResetMode(() -> isByServer, woken::add),
                "broker-a");
    }

    @ParameterizedTest
    @CsvSource({
        // timestamp, forced, wished offset, target of a group that is at 50
        "300, true, -1, 30",
        "300, false, -1, 30",
        "700, true, -1, 70",
        "700, false, -1, 50",
        "-1, true, -1, 90",
        "-1, false, -1, 50",
        "-2, true, -1, 10",
        "-2, false, -1, 10",
        "5, true, -1, 10",
        "5000, true, -1, 90",
        "0, true, 42, 42",
        "0, true, 5, 10",
        "0, true, 1000, 90",
        "0, false, 60, 50",
    })
    void targetLiesInTheQueueAndUnforcedNotAheadOfTheGroup(long timestamp, boolean isForced, long wished, long target) {
        offsets.commit("G", "T", 0, 50);

        Map<MessageQueue, Long> done = done(new ResetByTimeRequest("T", "G", timestamp, isForced, 0, wished));

        assertThat(done).containsExactly(Map.entry(FIRST, target));
        assertThat(offsets.committed("G", "T", 0)).hasValue(target);
        assertThat(offsets.takeReset("G", "T", 0)).hasValue(target);
    }

    @Test
    void allQueuesAreResetThoughNobodyIsConnectedAndWhoWaitsIsWoken() {
        assertThat(done(new ResetByTimeRequest("T", "G", 300, true, -1, -1)))
                .containsExactly(Map.entry(FIRST, 30L), Map.entry(SECOND, 30L));

        assertThat(woken).containsExactly(new TopicQueue("T", 0), new TopicQueue("T", 1));
    }

    @Test
    void refusalsSayWhatIsMissing() {
        assertThat(refused(new ResetByTimeRequest("Nowhere", "G", 0, true, -1, -1)))
                .isEqualTo(Refusal.UNKNOWN_TOPIC);
        assertThat(refused(new ResetByTimeRequest("T", "Nobody", 0, true, -1, -1)))
                .isEqualTo(Refusal.UNKNOWN_GROUP);
        assertThat(refused(new ResetByTimeRequest("T", "G", 0, true, 2, -1))).isEqualTo(Refusal.BAD_QUEUE);
        assertThat(refused(new ResetByTimeRequest("Wide", "G", 0, true, -1, -1)))
                .isEqualTo(Refusal.TABLE_FULL);
        isByServer = false;
        assertThat(refused(new ResetByTimeRequest("T", "G", 0, true, -1, -1))).isEqualTo(Refusal.NO_MEMBER);
    }

    @Test
    void membersSeeToItWhereTheBrokerDoesNot() {
        isByServer = false;
        FakeConnection connection = new FakeConnection(1);
        sessions.heard(new Client("c", "JAVA", 479, connection), member());

        Map<MessageQueue, Long> done = done(new ResetByTimeRequest("T", "G", 300, true, -1, -1));

        assertThat(connection.sent()).containsExactly(new ResetOffsetsRequest("T", "G", 300, true, done, false));
        assertThat(offsets.committed("G", "T", 0)).isEmpty();
        resets.reset(new ResetByTimeRequest("T", "G", 300, true, -1, -1), true);
        assertThat(connection.sent()).contains(new ResetOffsetsRequest("T", "G", 300, true, done, true));
    }

    private static Heartbeat member() {
        ConsumerMembership membership = new ConsumerMembership(
                "G",
                ConsumeType.CONSUME_PASSIVELY,
                GroupModel.CLUSTERING,
                StartFrom.CONSUME_FROM_LAST_OFFSET,
                List.of(SubscriptionData.ofTags("T", "*", 1)),
                false);
        return new Heartbeat("c", List.of(), List.of(membership), 0, false);
    }

    private Map<MessageQueue, Long> done(ResetByTimeRequest wanted) {
        return resets.reset(wanted, false).fold(ResetOutcome.Done::offsets, refused -> {
            throw new AssertionError(refused);
        });
    }

    private Refusal refused(ResetByTimeRequest wanted) {
        return resets.reset(wanted, false)
                .fold(
                        done -> {
                            throw new AssertionError(done);
                        },
                        ResetOutcome.Refused::reason);
    }
}
