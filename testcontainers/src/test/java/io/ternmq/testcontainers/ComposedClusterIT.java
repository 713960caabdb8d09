package io.ternmq.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The cluster of docker-compose.yml, used from this machine and from containers, and what it does when parts fail. */
@NeedsEngine
final class ComposedClusterIT {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Set<String> OF_THE_QUICKSTART =
            IntStream.rangeClosed(1, 10).mapToObj(number -> "Hello " + number).collect(Collectors.toSet());

    private static ComposedCluster cluster;

    @BeforeAll
    static void start() {
        cluster = ComposedCluster.up();
    }

    @BeforeEach
    void awaitBothBrokers() {
        Awaitility.await().atMost(SOON).until(cluster::isWell);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void commandsOfTheReadmeSendReceiveAndCheckFromThisMachine() {
        assertThat(cluster.command("demo")).contains("Sent ", "Received ", "All 10 messages were received.");
        assertThat(cluster.command("check"))
                .contains("broker-a 0 127.0.0.1", "broker-b 0 127.0.0.1")
                .doesNotContain("NOT");
        assertThat(cluster.command("status")).contains("broker-a", "broker-b", "namesrv-a");
    }

    @Test
    void producerOnTheHostReachesAConsumerInAContainer() {
        try (Clients clients = new Clients(cluster.namesrvAddr())) {
            OF_THE_QUICKSTART.forEach(body -> clients.send("Quickstart", body));
        }

        assertThat(quickstart("--receive")).contains("All 10 messages were received.");
    }

    @Test
    void producerInAContainerReachesAConsumerOnTheHost() {
        assertThat(quickstart("--send")).contains("Sent ");

        try (Clients clients = new Clients(cluster.namesrvAddr())) {
            assertThat(clients.receive("Quickstart", received -> received.containsAll(OF_THE_QUICKSTART)))
                    .containsAll(OF_THE_QUICKSTART);
        }
    }

    @Test
    void containersSeeTheAddressesOfTheirOwnNetwork() {
        assertThat(cluster.inNetwork("check", "-n", "namesrv-a:9876"))
                .contains("broker-a 0 broker-a:10911: reached", "broker-b 0 broker-b:10911: reached");
    }

    @Test
    void killedBrokerKeepsItsMessages() {
        try (Clients clients = new Clients(cluster.namesrvAddr())) {
            Set<String> sent = clients.send("Killed", "before-", 50);

            cluster.docker("kill", "broker-a", "-s", "KILL");
            cluster.docker("kill", "broker-b", "-s", "KILL");
            cluster.docker("start", "broker-a");
            cluster.docker("start", "broker-b");
            awaitHealthy("broker-a", "broker-b");

            assertThat(clients.receive("Killed", received -> received.containsAll(sent)))
                    .containsAll(sent);
        }
    }

    @Test
    void clientsGoOnWhileTheNameServerIsAwayAndFindItAgain() {
        try (Clients clients = new Clients(cluster.namesrvAddr())) {
            Set<String> before = clients.send("NameServerAway", "before-", 5);
            cluster.docker("stop", "namesrv-a");
            Set<String> during = clients.send("NameServerAway", "during-", 5);
            cluster.docker("start", "namesrv-a");
            awaitHealthy("namesrv-a");

            Awaitility.await().atMost(SOON).until(cluster::isWell);
            assertThat(clients.receive("NameServerAway", got -> got.containsAll(before) && got.containsAll(during)))
                    .containsAll(during);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "ternmq.long", matches = "true")
    void producerGoesOnWhileOneBrokerIsPaused() {
        try (Clients clients = new Clients(cluster.namesrvAddr())) {
            Set<String> sent = clients.send("Paused", "before-", 20);
            cluster.docker("pause", "broker-a");
            try {
                sent.addAll(clients.send("Paused", "during-", 20));
            } finally {
                cluster.docker("unpause", "broker-a");
            }

            assertThat(clients.receive("Paused", received -> received.containsAll(sent)))
                    .containsAll(sent);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "ternmq.long", matches = "true")
    void brokerThatWasCutOffComesBack() {
        try (Clients clients = new Clients(cluster.namesrvAddr())) {
            Set<String> sent = clients.send("CutOff", "before-", 20);
            cluster.docker(
                    List.of("docker", "network", "disconnect", cluster.network(), cluster.container("broker-a")));
            sent.addAll(clients.send("CutOff", "during-", 20));
            cluster.docker(List.of(
                    "docker",
                    "network",
                    "connect",
                    "--alias",
                    "broker-a",
                    cluster.network(),
                    cluster.container("broker-a")));

            Awaitility.await().atMost(SOON.multipliedBy(2)).until(cluster::isWell);
            assertThat(clients.receive("CutOff", received -> received.containsAll(sent)))
                    .containsAll(sent);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "ternmq.long", matches = "true")
    void rebuiltImageOpensTheVolumesOfTheOneBefore() {
        try (Clients clients = new Clients(cluster.namesrvAddr())) {
            Set<String> sent = clients.send("Upgrade", "before-", 50);

            cluster.command("down"); // volumes stay
            cluster.docker(List.of(
                    "docker",
                    "build",
                    "-q",
                    "--no-cache",
                    "--build-arg",
                    "BASE_IMAGE=" + base(),
                    "-t",
                    EngineExtension.IMAGE,
                    "distribution"));
            cluster.command("up");

            assertThat(clients.receive("Upgrade", received -> received.containsAll(sent)))
                    .containsAll(sent);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "ternmq.long", matches = "true")
    void secondNameServerComesWithItsProfile() {
        cluster.command("up", "--two-namesrv");

        assertThat(cluster.inNetwork("check", "-n", "namesrv-b:9876"))
                .contains("tells of 2 brokers")
                .doesNotContain("NOT");
    }

    private static String base() {
        return Shell.run(
                        EngineExtension.PROJECT,
                        Map.of("JAVA_HOME", System.getProperty("java.home")),
                        "distribution/docker/local-base")
                .expectSuccess()
                .lines()
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    private static void awaitHealthy(String... services) {
        for (String service : services) {
            Awaitility.await().atMost(SOON).until(() -> cluster.health(service).equals("healthy"));
        }
    }

    private static String quickstart(String half) {
        return cluster.inNetwork(
                "java",
                "-cp",
                "/opt/ternmq/lib/*",
                "io.ternmq.examples.Quickstart",
                "--namesrv",
                "namesrv-a:9876",
                half);
    }
}
