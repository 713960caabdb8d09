package io.ternmq.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.group.ConsumerGroups;
import io.ternmq.broker.group.GroupsConfig;
import io.ternmq.broker.group.GroupsFile;
import io.ternmq.common.config.Settings;
import io.ternmq.common.time.FakeClock;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.LanguageCode;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import io.ternmq.remoting.protocol.group.GroupConfig;
import io.ternmq.remoting.protocol.session.ConsumeType;
import io.ternmq.remoting.protocol.session.ConsumerMembership;
import io.ternmq.remoting.protocol.session.GroupModel;
import io.ternmq.remoting.protocol.session.Heartbeat;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.protocol.session.StartFrom;
import io.ternmq.remoting.server.Connection;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.Response;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What many groups of many subscriptions cost: a thousand of a thousand in long runs, fewer in others. Prints bytes of
 * heap, and bytes and processor time of a heartbeat.
 */
final class ThousandGroupsTest {
    private static final boolean IS_LONG = Boolean.getBoolean("ternmq.long");
    private static final int WARM_UPS = IS_LONG ? 200 : 30;
    private static final int ROUNDS = IS_LONG ? 100 : 20;
    private static final int GROUPS = IS_LONG ? 1_000 : 50;
    private static final int TOPICS = IS_LONG ? 1_000 : 400;

    private final FakeClock clock = new FakeClock();
    private final List<FakeConnection> connections = new ArrayList<>();
    private ClientSessions sessions;
    private HeartbeatProcessor processor;

    @BeforeEach
    void build(@TempDir Path directory) throws IOException {
        ConsumerGroups groups = ConsumerGroups.load(
                new GroupsFile(directory.resolve("groups.json"), clock),
                Runnable::run,
                () -> GroupsConfig.from(Settings.empty()),
                clock);
        List<GroupConfig> all = new ArrayList<>();
        for (int number = 0; number < GROUPS; number++) {
            all.add(GroupConfig.withDefaults("Group-" + number));
            connections.add(new FakeConnection(number));
        }
        groups.ensureAll(all).toCompletableFuture().join();
        SessionConfig config = SessionConfig.from(Settings.empty());
        sessions = new ClientSessions(config, clock, group -> {});
        processor = new HeartbeatProcessor(new HeartbeatService(
                sessions, groups, new EveryRetryTopic(), subscription -> Optional.empty(), config));
    }

    private static final class EveryRetryTopic implements RetryTopics {
        @Override
        public CompletionStage<?> ensure(String group, int queues) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public boolean exists(String group) {
            return true;
        }
    }

    @Test
    void subscriptionsThatAreAlikeTakeLittleMoreThanTheirVersions() {
        beat(0, heartbeat(0, false)); // classes are loaded
        long before = usedBytes();

        for (int number = 0; number < GROUPS; number++) {
            beat(number, heartbeat(number, false));
        }

        long bytes = usedBytes() - before;
        long each = bytes / ((long) GROUPS * TOPICS);
        System.out.printf(
                "%d groups of %d subscriptions: %d KiB of heap, %d bytes a group, %d a subscription%n",
                GROUPS, TOPICS, bytes >> 10, bytes / GROUPS, each);
        assertThat(sessions.consumers("Group-" + (GROUPS - 1)).orElseThrow().subscriptions())
                .hasSize(TOPICS);
        assertThat(each).isLessThan(100);
    }

    @Test
    void heartbeatThatSaysTheSameAgainCostsASmallPartOfOneThatIsRead() {
        byte[] full = heartbeat(0, false);
        byte[] bare = heartbeat(0, true);
        beat(0, full);
        for (int round = 0; round < WARM_UPS; round++) { // until compiled
            beat(0, otherwise(full, round));
            beat(0, full);
            beat(0, full);
            beat(0, otherwise(bare, round));
        }

        long read = nanosOf(ROUNDS, round -> beat(0, otherwise(full, round)));
        beat(0, full);
        long again = nanosOf(ROUNDS, round -> beat(0, full));
        long bareRead = nanosOf(ROUNDS, round -> beat(0, otherwise(bare, round)));

        System.out.printf(
                "heartbeat of %d subscriptions: %d bytes, %d us to read, %d us if it is the same again;"
                        + " without them: %d bytes, %d us%n",
                TOPICS, full.length, read / 1_000, again / 1_000, bare.length, bareRead / 1_000);
        assertThat(again).isLessThan(read / 3);
        assertThat(bare.length).isLessThan(1_000);
    }

    private static long nanosOf(int rounds, IntConsumer work) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int round = 0; round < rounds; round++) {
            work.accept(round);
        }
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / rounds;
    }

    private static long usedBytes() {
        long used = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            System.gc();
            used = Math.min(
                    used,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return used;
    }

    private void beat(int number, byte[] body) {
        Request request = new Request(
                SessionRpcs.HEART_BEAT.code(),
                479,
                LanguageCode.JAVA,
                false,
                HeaderFields.empty(),
                ByteBuffer.wrap(body),
                connection(number));
        Response response = processor.process(request).toCompletableFuture().join();
        assertThat(response.code()).isZero();
    }

    private Connection connection(int number) {
        return connections.get(number);
    }

    /** Says the same in other bytes, which must be read. */
    private static byte[] otherwise(byte[] body, int round) {
        byte[] longer = Arrays.copyOf(body, body.length + 1 + round % 8);
        Arrays.fill(longer, body.length, longer.length, (byte) ' ');
        return longer;
    }

    private static byte[] heartbeat(int number, boolean isBare) {
        List<SubscriptionData> said = new ArrayList<>();
        for (int topic = 0; topic < (isBare ? 0 : TOPICS); topic++) {
            said.add(SubscriptionData.ofTags("Topic-of-usual-length-" + topic, "*", 1_700_000_000_000L + number));
        }
        ConsumerMembership membership = new ConsumerMembership(
                "Group-" + number,
                ConsumeType.CONSUME_PASSIVELY,
                GroupModel.CLUSTERING,
                StartFrom.CONSUME_FROM_LAST_OFFSET,
                said,
                false);
        return SessionRpcs.HEART_BEAT
                .request()
                .encode(new Heartbeat(
                        "10.0.0.9@" + number + "#123456789", List.of(), List.of(membership), isBare ? 77 : 0, isBare))
                .body()
                .toBytes();
    }
}
