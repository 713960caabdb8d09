package io.ternmq.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.group.ConsumerGroups;
import io.ternmq.broker.group.GroupsConfig;
import io.ternmq.broker.group.GroupsFile;
import io.ternmq.common.config.Settings;
import io.ternmq.common.json.JsonObject;
import io.ternmq.common.time.FakeClock;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import io.ternmq.remoting.protocol.group.GroupConfig;
import io.ternmq.remoting.protocol.session.ConsumeType;
import io.ternmq.remoting.protocol.session.ConsumerMembership;
import io.ternmq.remoting.protocol.session.GroupModel;
import io.ternmq.remoting.protocol.session.Heartbeat;
import io.ternmq.remoting.protocol.session.StartFrom;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HeartbeatServiceTest {
    private final FakeClock clock = new FakeClock();
    private final SessionConfig config = SessionConfig.from(
            Settings.empty().with("maxGroupCountPerClient", "2").with("maxSubscriptionCountPerGroup", "2"));
    private final ClientSessions sessions = new ClientSessions(config, clock, group -> {});
    private final List<String> retryTopics = new ArrayList<>();
    private final Client client = new Client("c", "JAVA", 479, new FakeConnection(1));
    private Settings settings = Settings.empty();
    private ConsumerGroups groups;
    private HeartbeatService service;

    @BeforeEach
    void build(@TempDir Path directory) throws IOException {
        groups = ConsumerGroups.load(
                new GroupsFile(directory.resolve("groups.json"), clock),
                Runnable::run,
                () -> GroupsConfig.from(settings),
                clock);
        service = new HeartbeatService(
                sessions,
                groups,
                new RetryTopics() {
                    @Override
                    public CompletionStage<?> ensure(String group, int queues) {
                        retryTopics.add(group + ":" + queues);
                        return CompletableFuture.completedFuture(null);
                    }

                    @Override
                    public boolean exists(String group) {
                        return retryTopics.contains(group + ":1");
                    }
                },
                subscription -> subscription.expression().equals("bad") ? Optional.of("no good") : Optional.empty(),
                config);
    }

    @Test
    void newGroupIsMadeWithItsRetryTopicBeforeTheClientIsKnown() {
        Heard heard =
                service.heard(client, heartbeat(1, "G")).toCompletableFuture().join();

        assertThat(heard).isEqualTo(Heard.KNOWN);
        assertThat(retryTopics).containsExactly("G:1");
        assertThat(sessions.consumers("G")).isPresent();
    }

    @Test
    void groupThatCannotBeMadeIsLeftOutAndTheOthersAreNot() {
        service.heard(client, heartbeat(1, "a b", "G")).toCompletableFuture().join();

        assertThat(sessions.consumers("a b")).isEmpty();
        assertThat(sessions.consumers("G")).isPresent();
    }

    @Test
    void groupThatRetriesNothingGetsNoRetryTopicAndOneThatRetriesMoreGetsItsQueues() {
        groups.update(GroupConfig.read(JsonObject.parse("{\"groupName\":\"G\",\"retryQueueNums\":0}")))
                .toCompletableFuture()
                .join();
        groups.update(GroupConfig.read(JsonObject.parse("{\"groupName\":\"H\",\"retryQueueNums\":3}")))
                .toCompletableFuture()
                .join();

        service.heard(client, heartbeat(1, "G", "H"), 7).toCompletableFuture().join();

        assertThat(retryTopics).containsExactly("H:3");
        assertThat(sessions.consumers("G")).isPresent();
    }

    @Test
    void withoutAutomaticCreationOnlyGroupsThatExistAreHeardOf() {
        groups.findOrCreate("G").toCompletableFuture().join();
        settings = settings.with("autoCreateSubscriptionGroup", "false");

        Heard heard = service.heard(client, heartbeat(1, "G", "New"))
                .toCompletableFuture()
                .join();

        assertThat(heard).isEqualTo(Heard.KNOWN);
        assertThat(sessions.consumers("G")).isPresent();
        assertThat(sessions.consumers("New")).isEmpty();
        assertThat(groups.find("New")).isEmpty();
    }

    @Test
    void heartbeatOfMoreGroupsOrTopicsThanTheLimitIsAProblem() {
        assertThat(service.problemOf(heartbeat(2, "G", "H"))).isEmpty();

        assertThat(service.problemOf(heartbeat(1, "G", "H", "I")))
                .hasValueSatisfying(problem -> assertThat(problem).contains("3 consumer groups", "at most 2"));
        assertThat(service.problemOf(heartbeat(3, "G")))
                .hasValueSatisfying(problem -> assertThat(problem).contains("3 topics", "at most 2"));
    }

    @Test
    void sameHeartbeatAgainNeedNotBeReadWhileItsGroupsAreThere() {
        assertThat(service.heardAgain(client.connection(), 7)).isEmpty();
        service.heard(client, heartbeat(1, "G"), 7).toCompletableFuture().join();

        assertThat(service.heardAgain(client.connection(), 7))
                .hasValueSatisfying(again -> assertThat(again.isFirstVersion()).isTrue());
        assertThat(service.heardAgain(client.connection(), 8)).isEmpty();
        assertThat(service.heardAgain(new FakeConnection(2), 7)).isEmpty();

        groups.delete("G").toCompletableFuture().join();
        assertThat(service.heardAgain(client.connection(), 7)).isEmpty();
        service.heard(client, heartbeat(1, "G"), 7).toCompletableFuture().join();
        retryTopics.clear();
        assertThat(service.heardAgain(client.connection(), 7)).isEmpty();
    }

    @Test
    void heartbeatThatWasNotTakenInAsAWholeIsReadAgain() {
        service.heard(client, heartbeat(1, "a b", "G"), 7).toCompletableFuture().join();

        assertThat(service.heardAgain(client.connection(), 7)).isEmpty();
    }

    @Test
    void subscriptionThatCannotBeEvaluatedHarmsNobodyButItsSender() {
        service.heard(client, sql("G", "good", 1)).toCompletableFuture().join();
        Client other = new Client("d", "JAVA", 479, new FakeConnection(2));
        Heartbeat bad = sql("G", "bad", 2);

        assertThat(service.unusableSubscription(bad)).contains("Group G, topic T: no good");
        service.heard(other, service.usable(bad)).toCompletableFuture().join();

        ConsumerMembers members = sessions.consumers("G").orElseThrow();
        assertThat(members.subscription("T").orElseThrow().expression()).isEqualTo("good");
        assertThat(members.clientIds()).containsExactly("c", "d");
    }

    @Test
    void subscriptionThatCannotBeEvaluatedIsLeftOutWhereThereWasNone() {
        assertThat(service.unusableSubscription(sql("G", "good", 1))).isEmpty();

        service.heard(client, service.usable(sql("G", "bad", 1)))
                .toCompletableFuture()
                .join();

        assertThat(sessions.consumers("G").orElseThrow().subscriptions()).isEmpty();
    }

    private static Heartbeat sql(String group, String expression, long version) {
        return new Heartbeat(
                "c",
                List.of(),
                List.of(new ConsumerMembership(
                        group,
                        ConsumeType.CONSUME_PASSIVELY,
                        GroupModel.CLUSTERING,
                        StartFrom.CONSUME_FROM_LAST_OFFSET,
                        List.of(SubscriptionData.of("T", expression, "SQL92", version)),
                        false)),
                0,
                false);
    }

    private static Heartbeat heartbeat(int subscriptions, String... groups) {
        List<SubscriptionData> topics = new ArrayList<>();
        for (int number = 0; number < subscriptions; number++) {
            topics.add(SubscriptionData.ofTags("T" + number, "*", 1));
        }
        List<ConsumerMembership> memberships = new ArrayList<>();
        for (String group : groups) {
            memberships.add(new ConsumerMembership(
                    group,
                    ConsumeType.CONSUME_PASSIVELY,
                    GroupModel.CLUSTERING,
                    StartFrom.CONSUME_FROM_LAST_OFFSET,
                    topics,
                    false));
        }
        return new Heartbeat("c", List.of(), memberships, 0, false);
    }
}
