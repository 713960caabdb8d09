package io.ternmq.namesrv.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.config.Settings;
import io.ternmq.common.seeds.Seeds;
import io.ternmq.namesrv.FakeConnection;
import io.ternmq.namesrv.Registrations;
import io.ternmq.remoting.protocol.body.DataVersion;
import io.ternmq.remoting.protocol.route.BrokerIdentity;
import io.ternmq.remoting.protocol.route.RegisterBrokerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Brokers that come, go, fall silent and take each other's place at random: what is told must hang together. */
class RouteTableSimTest {
    private static final int STEPS = 300;
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final RouteTable table = new RouteTable(RegistrationLimits.from(Settings.empty()), LEASE);
    private final List<FakeConnection> connections =
            Stream.generate(FakeConnection::new).limit(3).toList();
    private long nowNanos;

    @Seeds
    void everyAddressToldIsOfALiveBrokerAndEveryTopicHasOne(Random random) {
        for (int step = 0; step < STEPS; step++) {
            nowNanos += random.nextLong(LEASE.toNanos() / 4);
            act(random);
            check();
        }

        connections.forEach(table::removeOn);

        assertThat(table.brokers()).isZero();
        assertThat(table.routes().brokers()).isEmpty();
        assertThat(table.routes().topics()).isEmpty();
    }

    private void act(Random random) {
        FakeConnection connection = connections.get(random.nextInt(connections.size()));
        switch (random.nextInt(10)) {
            case 0 -> table.removeOn(connection);
            case 1 -> table.unregister(identity(random));
            case 2 -> table.removeExpired(nowNanos);
            case 3 -> table.setWritable("b" + random.nextInt(3), random.nextBoolean());
            case 4 -> table.deleteTopic("T" + random.nextInt(4), Optional.empty());
            case 5 -> table.renew(identity(random), nowNanos);
            default -> table.register(registration(random), connection, nowNanos);
        }
    }

    private void check() {
        Routes routes = table.routes();
        routes.brokers().forEach((name, broker) -> {
            assertThat(broker.addresses()).isNotEmpty();
            assertThat(broker.addresses().values())
                    .doesNotHaveDuplicates()
                    .allSatisfy(address -> assertThat(
                                    table.versionOf(new BrokerIdentity(broker.cluster(), name, 0, address)))
                            .isPresent());
        });
        routes.topics().forEach((topic, queues) -> {
            assertThat(queues).isNotEmpty();
            assertThat(routes.brokers().keySet()).containsAll(queues.keySet());
        });
    }

    private static RegisterBrokerRequest registration(Random random) {
        DataVersion version = new DataVersion(random.nextInt(2), 1, random.nextInt(3));
        String[] topics = IntStream.range(0, random.nextInt(4))
                .mapToObj(number -> "T" + number)
                .toArray(String[]::new);
        Optional<Boolean> acting = random.nextBoolean() ? Optional.of(random.nextBoolean()) : Optional.empty();
        return Registrations.withActingMaster(Registrations.of(identity(random), version, topics), acting);
    }

    private static BrokerIdentity identity(Random random) {
        return Registrations.broker("b" + random.nextInt(3), random.nextInt(3), "h:" + random.nextInt(6));
    }
}
