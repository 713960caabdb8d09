package io.ternmq.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.config.Settings;
import io.ternmq.common.time.FakeClock;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import io.ternmq.remoting.protocol.session.ConsumeType;
import io.ternmq.remoting.protocol.session.ConsumerMembership;
import io.ternmq.remoting.protocol.session.GroupModel;
import io.ternmq.remoting.protocol.session.Heartbeat;
import io.ternmq.remoting.protocol.session.StartFrom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ClientSessionsTest {
    private final FakeClock clock = new FakeClock();
    private final List<String> changes = new ArrayList<>();
    private final ClientSessions sessions = new ClientSessions(
            SessionConfig.from(Settings.empty().with("maxClientCount", "3")),
            clock,
            group -> changes.add(group.group() + group.clientIds()));
    private final FakeConnection one = new FakeConnection(1);
    private final FakeConnection two = new FakeConnection(2);

    @Test
    void membersAreKnownByTheirHeartbeatsAndOthersHearOfThem() {
        sessions.heard(client("a", one), consuming("G", subscription("T", 1)));
        sessions.heard(client("b", two), consuming("G", subscription("T", 1)));

        ConsumerMembers members = sessions.consumers("G").orElseThrow();
        assertThat(members.clientIds()).containsExactly("a", "b");
        assertThat(members.subscription("T")).contains(subscription("T", 1));
        assertThat(changes).containsExactly("G[a]", "G[a, b]");
    }

    @Test
    void repeatedHeartbeatChangesNothing() {
        sessions.heard(client("a", one), consuming("G", subscription("T", 1)));
        changes.clear();

        sessions.heard(client("a", one), consuming("G", subscription("T", 1)));

        assertThat(changes).isEmpty();
    }

    @Test
    void newerSubscriptionCountsAndOlderOneDoesNot() {
        sessions.heard(client("a", one), consuming("G", subscription("T", 5)));
        sessions.heard(client("b", two), consuming("G", subscription("T", 3)));
        assertThat(sessions.consumers("G").orElseThrow().subscription("T")).contains(subscription("T", 5));

        sessions.heard(client("b", two), consuming("G", subscription("T", 7)));
        assertThat(sessions.consumers("G").orElseThrow().subscription("T")).contains(subscription("T", 7));
    }

    @Test
    void topicThatIsNoLongerNamedIsNoLongerRead() {
        sessions.heard(client("a", one), consuming("G", subscription("T", 1), subscription("U", 1)));
        changes.clear();

        sessions.heard(client("a", one), consuming("G", subscription("T", 1)));

        assertThat(sessions.consumers("G").orElseThrow().subscription("U")).isEmpty();
        assertThat(changes).containsExactly("G[a]");
    }

    @Test
    void closedConnectionTakesItsClientOutOfAllGroups() {
        sessions.heard(
                client("a", one),
                new Heartbeat(
                        "a", List.of("PG"), consuming("G", subscription("T", 1)).consumers(), 0, false));
        sessions.heard(client("b", two), consuming("G", subscription("T", 1)));
        changes.clear();

        one.close();

        assertThat(changes).containsExactly("G[b]");
        assertThat(sessions.producers("PG")).isEmpty();
        assertThat(sessions.clients()).isEqualTo(1);
    }

    @Test
    void connectionThatIsClosedByTheTimeItIsHeardLeavesNothingBehind() {
        one.close();

        sessions.heard(client("a", one), consuming("G", subscription("T", 1)));

        assertThat(sessions.consumers("G")).isEmpty();
        assertThat(sessions.clients()).isZero();
    }

    @Test
    void leavingIsByGroup() {
        sessions.heard(
                client("a", one),
                new Heartbeat(
                        "a", List.of("PG"), consuming("G", subscription("T", 1)).consumers(), 0, false));

        sessions.leave(one, Optional.empty(), Optional.of("G"));
        assertThat(sessions.consumers("G")).isEmpty();
        assertThat(sessions.producers("PG")).hasSize(1);

        sessions.leave(one, Optional.of("PG"), Optional.of("Other"));
        assertThat(sessions.producers("PG")).isEmpty();
        sessions.leave(two, Optional.of("PG"), Optional.empty()); // never seen
    }

    @Test
    void silentClientIsTakenOutAndItsConnectionClosed() {
        sessions.heard(client("a", one), consuming("G", subscription("T", 1)));
        clock.advance(Duration.ofSeconds(60));
        sessions.heard(client("b", two), consuming("G", subscription("T", 1)));
        clock.advance(Duration.ofSeconds(61));

        sessions.expire();

        assertThat(one.isOpen()).isFalse();
        assertThat(two.isOpen()).isTrue();
        assertThat(sessions.consumers("G").orElseThrow().clientIds()).containsExactly("b");
    }

    @Test
    void clientThatComesBackBeforeItsOldConnectionIsGivenUpCountsOnce() {
        sessions.heard(client("a", one), consuming("G", subscription("T", 1)));
        sessions.heard(client("a", two), consuming("G", subscription("T", 1)));

        assertThat(sessions.consumers("G").orElseThrow().clientIds()).containsExactly("a");

        one.close();
        assertThat(sessions.consumers("G").orElseThrow().clientIds()).containsExactly("a");
    }

    @Test
    void moreClientsThanTheLimitAreRefusedUntilOneLeaves() {
        for (int port = 10; port < 12; port++) {
            sessions.heard(client("c" + port, new FakeConnection(port)), consuming("G", subscription("T", 1)));
        }
        sessions.heard(client("a", one), consuming("G", subscription("T", 1)));

        assertThat(sessions.heard(client("b", two), consuming("G", subscription("T", 1))))
                .isEqualTo(Heard.TOO_MANY_CLIENTS);
        assertThat(sessions.heard(client("a", one), consuming("G", subscription("T", 1))))
                .isEqualTo(Heard.KNOWN);

        one.close();
        assertThat(sessions.heard(client("b", two), consuming("G", subscription("T", 1))))
                .isEqualTo(Heard.KNOWN);
    }

    @Test
    void heartbeatWithoutSubscriptionsKeepsThoseSaidBefore() {
        Heartbeat full = new Heartbeat(
                "a", List.of(), consuming("G", subscription("T", 1)).consumers(), 77, false);
        Heartbeat bare = new Heartbeat("a", List.of(), consuming("G").consumers(), 77, true);
        sessions.heard(client("a", one), full);
        changes.clear();

        assertThat(sessions.heard(client("a", one), bare)).isEqualTo(Heard.KNOWN);

        assertThat(sessions.consumers("G").orElseThrow().subscription("T")).isPresent();
        assertThat(changes).isEmpty();
    }

    @Test
    void heartbeatWithoutSubscriptionsThatAreNotKnownIsAskedForThem() {
        Heartbeat bare = new Heartbeat("a", List.of(), consuming("G").consumers(), 77, true);

        assertThat(sessions.heard(client("a", one), bare)).isEqualTo(Heard.SUBSCRIPTIONS_WANTED);

        sessions.heard(
                client("a", one),
                new Heartbeat(
                        "a", List.of(), consuming("G", subscription("T", 1)).consumers(), 78, false));
        assertThat(sessions.heard(client("a", one), bare)).isEqualTo(Heard.SUBSCRIPTIONS_WANTED);
    }

    @Test
    void sameHeartbeatAgainKeepsASilentClientAlive() {
        sessions.heard(client("a", one), consuming("G", subscription("T", 1)));
        sessions.noteRepeatable(one, 7);
        clock.advance(Duration.ofSeconds(100));

        assertThat(sessions.heardAgain(one, 7)).isPresent();

        clock.advance(Duration.ofSeconds(100));
        sessions.expire();
        assertThat(one.isOpen()).isTrue();
    }

    @Test
    void whoLeavesAGroupOrSaysSomethingElseIsReadAgain() {
        sessions.heard(client("a", one), consuming("G", subscription("T", 1)));
        sessions.noteRepeatable(one, 7);
        sessions.leave(one, Optional.empty(), Optional.of("G"));
        assertThat(sessions.heardAgain(one, 7)).isEmpty();

        sessions.heard(client("a", one), consuming("G", subscription("T", 1)));
        sessions.noteRepeatable(one, 7);
        sessions.heard(client("a", one), consuming("G", subscription("U", 1)));
        assertThat(sessions.heardAgain(one, 7)).isEmpty();
        assertThat(sessions.heardAgain(one, Fingerprint.NONE)).isEmpty();
    }

    @Test
    void whileAGroupIsNotOfOneMindEachHeartbeatIsRead() {
        sessions.heard(client("a", one), consuming("G", subscription("T", 1)));
        sessions.noteRepeatable(one, 7);
        sessions.heard(client("b", two), consuming("G", subscription("U", 1)));
        sessions.noteRepeatable(two, 8);

        assertThat(sessions.heardAgain(one, 7)).isEmpty();
        assertThat(sessions.heardAgain(two, 8)).isEmpty();

        one.close();
        assertThat(sessions.heardAgain(two, 8)).isPresent();
    }

    @Test
    void groupsAreFoundByWhatTheyRead() {
        sessions.heard(client("a", one), consuming("G", subscription("T", 1)));
        sessions.heard(client("b", two), consuming("H", subscription("T", 1), subscription("U", 1)));

        assertThat(sessions.groupsReading("T")).containsExactlyInAnyOrder("G", "H");
        assertThat(sessions.groupsReading("U")).containsExactly("H");
        assertThat(sessions.groupsReading("V")).isEmpty();
    }

    private static Client client(String id, FakeConnection connection) {
        return new Client(id, "JAVA", 479, connection);
    }

    private static Heartbeat consuming(String group, SubscriptionData... subscriptions) {
        ConsumerMembership membership = new ConsumerMembership(
                group,
                ConsumeType.CONSUME_PASSIVELY,
                GroupModel.CLUSTERING,
                StartFrom.CONSUME_FROM_LAST_OFFSET,
                List.of(subscriptions),
                false);
        return new Heartbeat("id", List.of(), List.of(membership), 0, false);
    }

    private static SubscriptionData subscription(String topic, long version) {
        return SubscriptionData.ofTags(topic, "TagA", version);
    }
}
