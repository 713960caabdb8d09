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
import io.ternmq.remoting.protocol.session.ConsumerGroupRequest;
import io.ternmq.remoting.protocol.session.ConsumerMembership;
import io.ternmq.remoting.protocol.session.GroupModel;
import io.ternmq.remoting.protocol.session.Heartbeat;
import io.ternmq.remoting.protocol.session.StartFrom;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClientNotifierTest {
    private static final ConsumerGroupRequest NOTICE = new ConsumerGroupRequest("G");

    private final FakeClock clock = new FakeClock();
    private final FakeConnection one = new FakeConnection(1);
    private final FakeConnection two = new FakeConnection(2);
    private boolean isEnabled = true;
    private ConsumerGroups groups;
    private ClientSessions sessions;

    @BeforeEach
    void build(@TempDir Path directory) throws IOException {
        groups = ConsumerGroups.load(
                new GroupsFile(directory.resolve("groups.json"), clock),
                Runnable::run,
                () -> GroupsConfig.from(Settings.empty()),
                clock);
        sessions = new ClientSessions(
                SessionConfig.from(Settings.empty()), clock, new ClientNotifier(groups, () -> isEnabled));
        hear("a", one, GroupModel.CLUSTERING, "T");
        one.sent().clear();
    }

    @Test
    void othersAndTheNewcomerHearOfAJoin() {
        hear("b", two, GroupModel.CLUSTERING, "T");

        assertThat(one.sent()).containsExactly(NOTICE);
        assertThat(two.sent()).containsExactly(NOTICE);
    }

    @Test
    void thoseWhoStayHearOfOneThatLeavesIsClosedOrFallsSilent() {
        hear("b", two, GroupModel.CLUSTERING, "T");
        one.sent().clear();
        sessions.leave(two, Optional.empty(), Optional.of("G"));
        assertThat(one.sent()).containsExactly(NOTICE);

        hear("b", two, GroupModel.CLUSTERING, "T");
        one.sent().clear();
        two.close();
        assertThat(one.sent()).containsExactly(NOTICE);

        FakeConnection three = new FakeConnection(3);
        hear("c", three, GroupModel.CLUSTERING, "T");
        clock.advance(Duration.ofSeconds(121));
        hear("a", one, GroupModel.CLUSTERING, "T");
        one.sent().clear();
        sessions.expire();
        assertThat(one.sent()).containsExactly(NOTICE);
        assertThat(three.isOpen()).isFalse();
    }

    @Test
    void membersHearThatTheGroupReadsSomethingElseAndNothingOfRepeats() {
        hear("a", one, GroupModel.CLUSTERING, "T");
        assertThat(one.sent()).isEmpty();

        hear("a", one, GroupModel.CLUSTERING, "T", "U");
        assertThat(one.sent()).containsExactly(NOTICE);
    }

    @Test
    void nobodyHearsWhereBrokerOrGroupDoesNotWantItOrAllReadAll() {
        isEnabled = false;
        hear("b", two, GroupModel.CLUSTERING, "T");
        assertThat(one.sent()).isEmpty();
        two.close();

        isEnabled = true;
        groups.update(GroupConfig.read(
                        JsonObject.parse("{\"groupName\":\"G\",\"notifyConsumerIdsChangedEnable\":false}")))
                .toCompletableFuture()
                .join();
        hear("b", new FakeConnection(3), GroupModel.CLUSTERING, "T");
        assertThat(one.sent()).isEmpty();

        groups.update(GroupConfig.withDefaults("G")).toCompletableFuture().join();
        hear("c", new FakeConnection(4), GroupModel.BROADCASTING, "T");
        assertThat(one.sent()).isEmpty();
    }

    private void hear(String id, FakeConnection connection, GroupModel model, String... topics) {
        List<SubscriptionData> said = List.of(topics).stream()
                .map(topic -> SubscriptionData.ofTags(topic, "*", 1))
                .toList();
        ConsumerMembership membership = new ConsumerMembership(
                "G", ConsumeType.CONSUME_PASSIVELY, model, StartFrom.CONSUME_FROM_LAST_OFFSET, said, false);
        sessions.heard(
                new Client(id, "JAVA", 479, connection), new Heartbeat(id, List.of(), List.of(membership), 0, false));
    }
}
