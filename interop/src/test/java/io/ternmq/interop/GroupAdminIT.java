package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.interop.api.AdminHandle;
import io.ternmq.interop.api.AdminHandle.QueueTimes;
import io.ternmq.interop.api.ClientFailure;
import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.PullHandle;
import io.ternmq.interop.api.PushSettings;
import io.ternmq.interop.api.Queue;
import io.ternmq.interop.api.Sent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the official admin tools 5.5.0 ask about a group and its members, and do to them. */
@ParameterizedClass
@MethodSource("io.ternmq.interop.Pairing#all")
class GroupAdminIT extends PairedTest {
    /** Old clients stop for ten seconds before they go on elsewhere. */
    private static final Duration AFTER_A_RESET = Duration.ofSeconds(90);

    private final Testbed testbed;
    private final AdminHandle admin;

    GroupAdminIT(Pairing pairing, Testbed testbed) {
        super(pairing, testbed);
        this.testbed = testbed;
        admin = cluster.admin();
    }

    /** Says and sees where a group is, whichever client is tested. */
    private PullHandle officialPull(String group) {
        return testbed.client(Pairing.Client.OFFICIAL_550).pullConsumer(cluster.nameServers(), group);
    }

    private Collected consuming(String group, String topic) {
        Collected collected = new Collected();
        pushConsumer(PushSettings.of(cluster.nameServers(), group, topic, "*"), collected);
        return collected;
    }

    private String onlyMember(String group) {
        return await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> admin.consumers(group).peers(), peers -> peers.size() == 1)
                .get(0)
                .clientId();
    }

    /**
     * Commits for a group that has no member afterwards. The broker must have heard of the client before it leaves: a
     * heartbeat that comes after that keeps it there as a member for two minutes, and no queue is left for others.
     */
    private void commit(String group, Queue queue, long offset) {
        try (PullHandle pull = officialPull(group)) {
            pull.commit(queue, offset); // the client looks for brokers, and tells them of itself, when it needs one
            onlyMember(group);
        }
    }

    private Queue queue(String topic, int id) {
        return new Queue(topic, cluster.processes().brokerName(), id);
    }

    private String broker() {
        return cluster.processes().brokerAddress();
    }

    @Test
    void liveGroupIsSentBackAndReadsAgain() {
        String topic = topic(1);
        String group = group();
        ProducerHandle producer = producer();
        producer.send(OutMessage.of(topic, "a"));
        producer.send(OutMessage.of(topic, "b"));
        Collected collected = consuming(group, topic);
        collected.awaitTexts(List.of("a", "b"));
        awaitCommitted(group, queue(topic, 0), 2);

        Map<Queue, Long> offsets = admin.resetOffsets(topic, group, 0, true);

        assertThat(offsets).containsExactly(Map.entry(queue(topic, 0), 0L));
        await().atMost(AFTER_A_RESET)
                .untilAsserted(() -> assertThat(collected.texts()).containsExactlyInAnyOrder("a", "b", "a", "b"));
        producer.send(OutMessage.of(topic, "c"));
        await().atMost(AFTER_A_RESET)
                .untilAsserted(() -> assertThat(collected.texts()).containsExactlyInAnyOrder("a", "b", "a", "b", "c"));
        awaitCommitted(group, queue(topic, 0), 3);
    }

    @Test
    void groupWithoutMembersIsSentElsewhereAndStartsThere() {
        String topic = topic(1);
        String group = group();
        ProducerHandle producer = producer();
        for (String text : List.of("a", "b", "c")) {
            producer.send(OutMessage.of(topic, text));
        }
        commit(group, queue(topic, 0), 3);

        admin.resetOffset(broker(), group, queue(topic, 0), 1);

        consuming(group, topic).awaitTexts(List.of("b", "c"));
    }

    @Test
    void latestIsTheEndOfEachQueue() {
        String topic = topic(1);
        String group = group();
        ProducerHandle producer = producer();
        producer.send(OutMessage.of(topic, "not wanted"));
        commit(group, queue(topic, 0), 0);

        assertThat(admin.resetOffsets(topic, group, -1, true)).containsExactly(Map.entry(queue(topic, 0), 1L));

        Collected collected = consuming(group, topic);
        producer.send(OutMessage.of(topic, "wanted"));
        collected.awaitTexts(List.of("wanted"));
    }

    @Test
    void membersSayHowFarTheyAre() {
        String topic = topic(1);
        String group = group();
        producer().send(OutMessage.of(topic, "a"));
        consuming(group, topic).awaitTexts(List.of("a"));
        String member = onlyMember(group);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(admin.consumerStatus(topic, group, ""))
                        .containsExactly(Map.entry(member, Map.of(queue(topic, 0), 1L))));
        assertThat(admin.consumerStatus(topic, group, member)).containsOnlyKeys(member);
        assertThatThrownBy(() -> admin.consumerStatus(topic, fresh("Nobody"), ""))
                .isInstanceOf(ClientFailure.class);
    }

    @Test
    void memberSaysHowItIsDoing() {
        String topic = topic(2);
        String group = group();
        consuming(group, topic);
        String member = onlyMember(group);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                admin.consumerState(group, member, false).queues())
                        .contains(queue(topic, 0), queue(topic, 1)));
        AdminHandle.ConsumerState state = admin.consumerState(group, member, true);
        assertThat(state.properties()).containsKeys("PROP_CONSUME_TYPE", "PROP_CONSUMER_START_TIMESTAMP");
        assertThat(state.threads()).contains("java.lang");
        assertThatThrownBy(() -> admin.consumerState(group, "nobody@nowhere", false))
                .isInstanceOf(ClientFailure.class)
                .hasMessageContaining("not online");
    }

    @Test
    void memberConsumesOneMessageWhenTold() {
        String topic = topic(1);
        String group = group();
        Sent sent = producer().send(OutMessage.of(topic, "again"));
        Collected collected = consuming(group, topic);
        collected.awaitTexts(List.of("again"));
        String member = onlyMember(group);

        assertThat(admin.consumeDirectly(group, member, topic, sent.offsetMessageId()))
                .isEqualTo("CR_SUCCESS");

        assertThat(collected.texts()).containsExactly("again", "again");
        assertThatThrownBy(() -> admin.consumeDirectly(group, "nobody@nowhere", topic, sent.offsetMessageId()))
                .isInstanceOf(ClientFailure.class);
    }

    @Test
    void groupBeginsWhereAnotherIs() {
        String topic = topic(1);
        String group = group();
        String other = group();
        ProducerHandle producer = producer();
        producer.send(OutMessage.of(topic, "a"));
        consuming(group, topic).awaitTexts(List.of("a")); // its retry topic is how tools find the brokers
        awaitCommitted(group, queue(topic, 0), 1);

        admin.cloneOffsets(group, other, topic, false);

        try (PullHandle pull = officialPull(other)) {
            assertThat(pull.committed(queue(topic, 0))).isEqualTo(1);
        }
    }

    @Test
    void whoConsumesATopicIsKnownAlsoWhenNobodyIsConnected() {
        String topic = topic(1);
        String left = group();
        String connected = group();
        commit(left, queue(topic, 0), 0);
        consuming(connected, topic);
        onlyMember(connected);

        assertThat(admin.whoConsumes(topic)).isEqualTo(Set.of(left, connected));
    }

    @Test
    void timesOfAGroupAreThoseOfItsMessages() {
        String topic = topic(1);
        String group = group();
        ProducerHandle producer = producer();
        producer.send(OutMessage.of(topic, "a"));
        producer.send(OutMessage.of(topic, "b"));
        assertThat(stored(topic, 2)).hasSize(2); // queues are derived a moment after the answer
        long first = admin.earliestStoreTime(queue(topic, 0));
        commit(group, queue(topic, 0), 1);

        List<QueueTimes> times = admin.consumeTimes(topic, group);

        assertThat(times).singleElement().satisfies(queue -> {
            assertThat(queue.queue()).isEqualTo(queue(topic, 0));
            assertThat(queue.firstMillis()).isEqualTo(first);
            assertThat(queue.consumedMillis()).isEqualTo(first);
            assertThat(queue.lastMillis()).isGreaterThanOrEqualTo(first);
            assertThat(queue.delayMillis()).isNotNegative();
        });
    }

    @Test
    void ratesOfATopicAndOfAGroupAreShown() {
        String topic = topic(1);
        String group = group();
        ProducerHandle producer = producer();
        Collected collected = consuming(group, topic);

        await().atMost(Duration.ofSeconds(150))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    producer.send(OutMessage.of(topic, "m"));
                    assertThat(admin.topicPutRate(broker(), topic)).isPositive();
                    assertThat(admin.consumeRate(group)).isPositive();
                });
        assertThat(collected.count()).isPositive();
    }

    private void awaitCommitted(String group, Queue queue, long offset) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(admin.consumeProgress(group))
                        .hasEntrySatisfying(
                                queue,
                                progress ->
                                        assertThat(progress.consumerOffset()).isEqualTo(offset)));
    }
}
