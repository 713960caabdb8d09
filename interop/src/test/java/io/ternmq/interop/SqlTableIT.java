package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.broker.filter.sql.SqlCase;
import io.ternmq.broker.filter.sql.SqlCase.Outcome;
import io.ternmq.common.message.PropertyString;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.pull.PullRpcs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The table of property filters beside the official broker: each expression of it is put to both makes, with one message
 * for each set of properties in it. The official broker is the judge of the table, and of every pair that is not in it.
 */
@ExtendWith(TestbedExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlTableIT {
    private static final int INT_DIGITS_MAX =
            9; // the longest whole numbers that official brokers compare with all others

    private final Testbed testbed;
    private final List<SqlCase> table = SqlCase.all();
    private final List<Map<String, String>> messages = List.copyOf(messagesOf(table)); // by queue offset
    private Map<String, Optional<SortedSet<Long>>> ours;
    private Map<String, Optional<SortedSet<Long>>> official;

    SqlTableIT(Testbed testbed) {
        this.testbed = testbed;
    }

    private static Set<Map<String, String>> messagesOf(List<SqlCase> table) {
        Set<Map<String, String>> sets = new LinkedHashSet<>();
        table.forEach(each -> sets.add(each.properties()));
        return sets;
    }

    @BeforeAll
    void askBoth() {
        ours = answers(testbed.cluster(Pairing.Servers.TERN));
        official = answers(testbed.cluster(Pairing.Servers.OFFICIAL));
    }

    /** For each expression the offsets of the messages that it lets pass; empty if it is refused. */
    private Map<String, Optional<SortedSet<Long>>> answers(SharedCluster cluster) {
        String topic = testbed.fresh("Filtered");
        cluster.createTopic(topic, 1);
        Map<String, Optional<SortedSet<Long>>> answers = new LinkedHashMap<>();
        try (RawBroker broker = new RawBroker(cluster.processes().brokerAddress(), testbed.fresh("Group"))) {
            messages.forEach(properties -> broker.send(topic, PropertyString.of(properties)));
            await().atMost(Duration.ofSeconds(30)).until(() -> end(broker, topic) == messages.size());
            for (SqlCase each : table) {
                answers.computeIfAbsent(each.expression(), expression -> answer(broker, topic, expression));
            }
        }
        return answers;
    }

    private static long end(RawBroker broker, String topic) {
        Reply reply = broker.pull(topic, "*", "TAG", 0);
        return reply.code() == ResponseCode.SUCCESS
                ? reply.decode(PullRpcs.PULL_MESSAGE).maxOffset()
                : 0;
    }

    private Optional<SortedSet<Long>> answer(RawBroker broker, String topic, String expression) {
        Reply reply = broker.check(topic, expression);
        if (reply.code() == ResponseCode.SUBSCRIPTION_PARSE_FAILED) {
            return Optional.empty();
        }
        assertThat(reply.code()).as(expression).isEqualTo(ResponseCode.SUCCESS);
        return Optional.of(broker.matching(topic, expression, messages.size()));
    }

    @Test
    void bothBrokersMakeOfTheTableWhatItSays() {
        SoftAssertions all = new SoftAssertions();
        for (SqlCase each : table) {
            all.assertThat(outcome(ours, each)).as("ours: %s", each).isEqualTo(each.expected());
            all.assertThat(outcome(official, each)).as("official: %s", each).isEqualTo(each.official());
        }
        all.assertAll();
    }

    @Test
    void whatIsNotInTheTableComesOutAlikeAsWell() {
        SoftAssertions all = new SoftAssertions();
        Set<String> decidedOtherwise = new LinkedHashSet<>();
        table.stream().filter(SqlCase::isOurOwn).forEach(each -> decidedOtherwise.add(each.expression()));
        int compared = 0;
        for (Map.Entry<String, Optional<SortedSet<Long>>> answer : ours.entrySet()) {
            String expression = answer.getKey();
            if (decidedOtherwise.contains(expression)) {
                continue;
            }
            all.assertThat(comparable(official.get(expression)))
                    .as("%s", expression)
                    .isEqualTo(comparable(answer.getValue()));
            compared += messages.size();
        }
        all.assertAll();
        assertThat(compared).isGreaterThan(15_000);
    }

    // Where a property has more than 32 bits we decide otherwise.
    private Optional<List<Map<String, String>>> comparable(Optional<SortedSet<Long>> offsets) {
        return offsets.map(known -> {
            List<Map<String, String>> sets = new ArrayList<>();
            known.stream().map(offset -> messages.get(offset.intValue())).forEach(sets::add);
            sets.removeIf(properties -> properties.values().stream()
                    .anyMatch(value ->
                            value.length() > INT_DIGITS_MAX && value.chars().allMatch(Character::isDigit)));
            return sets;
        });
    }

    private Outcome outcome(Map<String, Optional<SortedSet<Long>>> answers, SqlCase each) {
        return answers.get(each.expression())
                .map(offsets ->
                        offsets.contains((long) messages.indexOf(each.properties())) ? Outcome.MATCH : Outcome.NO)
                .orElse(Outcome.REFUSED);
    }
}
