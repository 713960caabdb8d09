package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.interop.api.ClientLibrary;
import io.ternmq.interop.api.MessageListener;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.ProducerSettings;
import io.ternmq.interop.api.PushConsumerHandle;
import io.ternmq.interop.api.PushSettings;
import io.ternmq.interop.api.Received;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Messages that are delivered twice during a rolling restart: three members are restarted one after the other while
 * messages come in and each takes a while to consume. The same for our client and for the official one. Alone, so that the
 * numbers it prints compare.
 */
@Isolated
@ExtendWith(TestbedExtension.class)
class HandOverIT {
    private static final int QUEUES = 8;
    private static final int MEMBERS = 3;
    private static final Duration CONSUME_TIME = Duration.ofMillis(50);
    private static final Duration SEND_PAUSE = Duration.ofMillis(4);
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Testbed testbed;

    HandOverIT(Testbed testbed) {
        this.testbed = testbed;
    }

    /** What came of one rolling restart. */
    private record Outcome(int sent, int delivered, int repeated) {}

    @Test
    void rollingRestartRepeatsNothingAmongOurMembers() {
        restart(Pairing.Client.OFFICIAL_550, Pairing.Servers.TERN); // for comparison

        Outcome ours = restart(Pairing.Client.TERN, Pairing.Servers.TERN);

        assertThat(ours.repeated()).isZero();
    }

    @Test
    void officialBrokerIsEnoughForThat() {
        Outcome ours = restart(Pairing.Client.TERN, Pairing.Servers.OFFICIAL);

        assertThat(ours.repeated()).isZero();
    }

    private Outcome restart(Pairing.Client client, Pairing.Servers servers) {
        SharedCluster cluster = testbed.cluster(servers);
        String topic = testbed.fresh("Topic");
        String group = testbed.fresh("Group");
        cluster.createTopic(topic, QUEUES);
        cluster.createGroup(group);
        Ownership ownership = new Ownership(cluster.admin(), group, topic, QUEUES);
        ClientLibrary library = testbed.client(client);
        PushSettings settings = PushSettings.of(cluster.nameServers(), group, topic, "*");
        Slow delivered = new Slow();
        Deque<PushConsumerHandle> members = new ArrayDeque<>();
        ProducerHandle producer =
                library.producer(ProducerSettings.of(cluster.nameServers(), testbed.fresh("Producers")));
        try (producer;
                SteadySender sender = new SteadySender(producer, topic, SEND_PAUSE)) {
            while (members.size() < MEMBERS) {
                members.add(library.pushConsumer(settings, delivered));
                ownership.awaitMembers(members.size());
            }
            for (int restarted = 0; restarted < MEMBERS; restarted++) {
                members.remove().close();
                ownership.awaitMembers(MEMBERS - 1);
                members.add(library.pushConsumer(settings, delivered));
                ownership.awaitMembers(MEMBERS);
            }
            sender.stop();
            List<String> sent = sender.sent();
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(new HashSet<>(delivered.collected.texts()))
                            .containsAll(sent));
            int distinct = new HashSet<>(delivered.collected.texts()).size();
            Outcome outcome =
                    new Outcome(sent.size(), delivered.collected.count(), delivered.collected.count() - distinct);
            System.out.println("rolling restart of " + client + " on " + servers + ": " + outcome);
            return outcome;
        } finally {
            members.forEach(PushConsumerHandle::close);
        }
    }

    /** Takes its time with each message. */
    private static final class Slow implements MessageListener {
        private final Collected collected = new Collected();

        @Override
        public boolean consume(List<Received> messages) {
            LockSupport.parkNanos(CONSUME_TIME.toNanos());
            return collected.consume(messages);
        }
    }
}
