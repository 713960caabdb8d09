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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SubscriptionConflictsTest {
    private final FakeClock clock = new FakeClock();
    private final List<String> changes = new ArrayList<>();
    private final ClientSessions warning = sessions("false");
    private final ClientSessions rejecting = sessions("true");
    private final FakeConnection one = new FakeConnection(1);
    private final FakeConnection two = new FakeConnection(2);

    private ClientSessions sessions(String isRejecting) {
        return new ClientSessions(
                SessionConfig.from(Settings.empty().with("rejectConflictingSubscriptions", isRejecting)),
                clock,
                group -> changes.add(group.group() + group.clientIds()));
    }

    @Test
    void membersThatReadTheSameAreNoConflict() {
        hear(warning, "a", one, tags("T", "A || B", 1), tags("U", "*", 1));
        hear(warning, "b", two, tags("U", "*", 5), tags("T", "B||A", 9));

        assertThat(warning.conflicts().found()).isZero();
    }

    @Test
    void otherTagsOtherTopicsAndOtherTypesAreConflicts() {
        hear(warning, "a", one, tags("T", "A", 1));
        hear(warning, "b", two, tags("T", "B", 1));
        assertThat(warning.conflicts().found()).isEqualTo(1);

        ClientSessions topics = sessions("false");
        hear(topics, "a", one, tags("T", "A", 1));
        hear(topics, "b", two, tags("T", "A", 1), tags("U", "*", 1));
        assertThat(topics.conflicts().found()).isEqualTo(1);

        ClientSessions types = sessions("false");
        hear(types, "a", one, tags("T", "A", 1));
        hear(types, "b", two, SubscriptionData.of("T", "A", "SQL92", 1));
        assertThat(types.conflicts().found()).isEqualTo(1);
    }

    @Test
    void conflictThatLastsCountsOnceAndAgainAfterAChange() {
        for (int beat = 0; beat < 3; beat++) {
            hear(warning, "a", one, tags("T", "A", 1));
            hear(warning, "b", two, tags("T", "B", 1));
        }
        assertThat(warning.conflicts().found()).isEqualTo(1);

        hear(warning, "b", two, tags("T", "C", 2));
        assertThat(warning.conflicts().found()).isEqualTo(2);

        hear(warning, "b", two, tags("T", "A", 3));
        hear(warning, "a", one, tags("T", "A", 1));
        assertThat(warning.conflicts().found()).isEqualTo(2);
        assertThat(warning.consumers("G").orElseThrow().isOfOneMind()).isTrue();
    }

    @Test
    void clientThatComesBackWithAnotherSubscriptionDoesNotConflictWithItself() {
        hear(rejecting, "a", one, tags("T", "A", 1));

        assertThat(hear(rejecting, "a", two, tags("T", "B", 2))).isEqualTo(Heard.KNOWN);
        assertThat(rejecting.conflicts().found()).isZero();
    }

    @Test
    void newcomerIsRefusedByNameAndTheOthersGoOnUndisturbed() {
        hear(rejecting, "a", one, tags("T", "A", 1));
        changes.clear();

        Heard heard = hear(rejecting, "b", two, tags("T", "B", 2), tags("U", "*", 2));

        assertThat(heard.kind()).isEqualTo(Heard.Kind.CONFLICTING);
        assertThat(heard.detail())
                .contains("group G", "client b", "T=[B], U=[*]", "client a", "T=[A], U=nothing")
                .contains("rejectConflictingSubscriptions");
        assertThat(rejecting.consumers("G").orElseThrow().clientIds()).containsExactly("a");
        assertThat(rejecting.consumers("G").orElseThrow().subscription("T"))
                .hasValueSatisfying(kept -> assertThat(kept.expression()).isEqualTo("A"));
        assertThat(changes).isEmpty();
        assertThat(hear(rejecting, "a", one, tags("T", "A", 1))).isEqualTo(Heard.KNOWN);
    }

    @Test
    void refusalThatLastsCountsOnceAndEndsWithItsCause() {
        hear(rejecting, "a", one, tags("T", "A", 1));
        for (int beat = 0; beat < 3; beat++) {
            assertThat(hear(rejecting, "b", two, tags("T", "B", 2)).kind()).isEqualTo(Heard.Kind.CONFLICTING);
        }
        assertThat(rejecting.conflicts().refused()).isEqualTo(1);
        assertThat(rejecting.conflicts().found()).isEqualTo(1);

        one.close();

        assertThat(hear(rejecting, "b", two, tags("T", "B", 2))).isEqualTo(Heard.KNOWN);
        assertThat(rejecting.consumers("G").orElseThrow().clientIds()).containsExactly("b");
    }

    @Test
    void memberThatWantsToReadSomethingElseStaysAsItWas() {
        hear(rejecting, "a", one, tags("T", "A", 1));
        hear(rejecting, "b", two, tags("T", "A", 1));

        assertThat(hear(rejecting, "b", two, tags("T", "B", 2)).kind()).isEqualTo(Heard.Kind.CONFLICTING);

        assertThat(rejecting.consumers("G").orElseThrow().clientIds()).containsExactly("a", "b");
        assertThat(rejecting.consumers("G").orElseThrow().isOfOneMind()).isTrue();
    }

    @Test
    void textNamesFewOfManyTopics() {
        List<SubscriptionData> many = new ArrayList<>();
        for (int number = 0; number < 1000; number++) {
            many.add(tags("T" + number, "*", 1));
        }
        SubscriptionTable all = SubscriptionTable.of(many);
        SubscriptionTable other = SubscriptionTable.of(List.of(tags("T", "x".repeat(1000), 1)));

        assertThat(all.whereUnlike(other)).endsWith(" and 996 more topics").hasSizeLessThan(200);
        assertThat(other.whereUnlike(SubscriptionTable.EMPTY)).hasSizeLessThan(120);
    }

    @Test
    void tableOfManyTopicsIsSearchedAndReplaced() {
        List<SubscriptionData> many = new ArrayList<>();
        for (int number = 0; number < 1000; number++) {
            many.add(tags("T" + number, "*", 5));
        }
        SubscriptionTable table = SubscriptionTable.of(many);

        many.forEach(one -> assertThat(table.find(one.topic())).contains(one));
        assertThat(table.find("T1000")).isEmpty();
        assertThat(table.find("")).isEmpty();
        assertThat(table.replacedBy(SubscriptionTable.of(List.copyOf(many)))).isSameAs(table);
        many.set(3, tags("T3", "A", 4)); // older
        assertThat(table.replacedBy(SubscriptionTable.of(many))).isSameAs(table);
        many.set(3, tags("T3", "A", 6));
        assertThat(table.replacedBy(SubscriptionTable.of(many)).find("T3")).contains(many.get(3));
        assertThat(SubscriptionTable.of(List.of(tags("T", "A", 1), tags("T", "B", 2)))
                        .all())
                .containsExactly(tags("T", "B", 2));
    }

    private static Heard hear(ClientSessions sessions, String id, FakeConnection connection, SubscriptionData... said) {
        ConsumerMembership membership = new ConsumerMembership(
                "G",
                ConsumeType.CONSUME_PASSIVELY,
                GroupModel.CLUSTERING,
                StartFrom.CONSUME_FROM_LAST_OFFSET,
                List.of(said),
                false);
        return sessions.heard(
                new Client(id, "JAVA", 479, connection), new Heartbeat(id, List.of(), List.of(membership), 0, false));
    }

    private static SubscriptionData tags(String topic, String expression, long version) {
        return SubscriptionData.ofTags(topic, expression, version);
    }
}
