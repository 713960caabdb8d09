package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.interop.api.PushConsumerHandle;
import io.ternmq.interop.api.PushSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Groups that members of ours and of official releases are in together, while members join, leave and are killed. */
@ParameterizedClass
@MethodSource("io.ternmq.interop.Pairing#officialClients")
class MixedGroupIT extends PairedTest {
    private static final int QUEUES = 8;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Testbed testbed;
    private final Pairing pairing;
    private final String topic;
    private final String group;
    private final Ownership ownership;

    MixedGroupIT(Pairing pairing, Testbed testbed) {
        super(pairing, testbed);
        this.testbed = testbed;
        this.pairing = pairing;
        this.topic = topic(QUEUES);
        this.group = group();
        this.ownership = new Ownership(cluster.admin(), group, topic, QUEUES);
    }

    private PushSettings settings() {
        return PushSettings.of(cluster.nameServers(), group, topic, "*");
    }

    private PushConsumerHandle ours(Collected into) {
        return opened(testbed.client(Pairing.Client.TERN).pushConsumer(settings(), into));
    }

    private MemberProcess process(Pairing.Client client) {
        return opened(testbed.member(client, cluster.nameServers(), group, topic));
    }

    @Test
    void everyQueueHasOneOwnerAndNothingIsLostWhoeverJoinsLeavesOrIsKilled() {
        Collected inOurs = new Collected();
        Collected inTheirs = new Collected();
        List<MemberProcess> processes = new ArrayList<>();
        List<String> sent;
        try (SteadySender sender = new SteadySender(producer(), topic, Duration.ofMillis(4))) {
            ours(inOurs);
            ownership.awaitMembers(1);
            PushConsumerHandle theirs = pushConsumer(settings(), inTheirs);
            ownership.awaitMembers(2);
            processes.add(process(Pairing.Client.TERN));
            ownership.awaitMembers(3);
            processes.add(process(pairing.client()));
            ownership.awaitMembers(4);
            awaitProgress(sender, processes);

            theirs.close();
            ownership.awaitMembers(3);
            processes.get(0).kill();
            ownership.awaitMembers(2);
            processes.get(1).kill();
            ownership.awaitMembers(1);
            sender.stop();
            sent = sender.sent();
        }

        await().atMost(LIMIT).untilAsserted(() -> {
            Set<String> all = new HashSet<>(inOurs.texts());
            all.addAll(inTheirs.texts());
            processes.forEach(process -> all.addAll(process.texts()));
            assertThat(sent).allMatch(all::contains);
        });
        int deliveries = inOurs.count() + inTheirs.count();
        for (MemberProcess process : processes) {
            deliveries += process.texts().size();
        }
        System.out.printf(
                "%s: sent=%d deliveries=%d ours=%d theirs=%d ours(killed)=%d theirs(killed)=%d%n",
                pairing,
                sent.size(),
                deliveries,
                inOurs.count(),
                inTheirs.count(),
                processes.get(0).texts().size(),
                processes.get(1).texts().size());
        assertThat(inOurs.count()).isPositive();
        assertThat(inTheirs.count()).isPositive();
    }

    /** Every member gets something while all four are there. */
    private static void awaitProgress(SteadySender sender, List<MemberProcess> processes) {
        int before = sender.count();
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(sender.count()).isGreaterThan(before + 100);
            assertThat(processes)
                    .allSatisfy(process -> assertThat(process.texts()).hasSizeGreaterThan(20));
        });
    }
}
