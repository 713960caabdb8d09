package io.ternmq.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Network;

/** One container with name server and broker, within 256 MB, used from this machine and from other containers. */
@NeedsEngine
final class TernMqContainerIT {
    private static final long MEMORY_BYTES = 256L * 1024 * 1024;
    private static final int MESSAGES = 2_000;

    private static Network network;
    private static TernMqContainer ternmq;

    @BeforeAll
    static void start() {
        network = Network.newNetwork();
        ternmq = new TernMqContainer(EngineExtension.IMAGE)
                .withImagePullPolicy(image -> false)
                .withNetwork(network)
                .withNetworkAliases("messages")
                .withSetting("flushDiskType", "SYNC_FLUSH")
                .withCreateContainerCmdModifier(create ->
                        create.getHostConfig().withMemory(MEMORY_BYTES).withMemorySwap(MEMORY_BYTES));
        ternmq.start();
    }

    @AfterAll
    static void stop() {
        ternmq.stop();
        network.close();
    }

    @Test
    void clientOfThisJvmSendsAndReceivesThousandsWithinTheLimit() {
        try (Clients clients = new Clients(ternmq.namesrvAddr())) {
            Set<String> sent = clients.send("FromHost", "message-", MESSAGES);

            assertThat(clients.receive("FromHost", received -> received.containsAll(sent)))
                    .containsAll(sent);
        }
        assertThat(ternmq.isRunning()).isTrue(); // and was not killed for want of memory
        assertThat(inspect("{{.State.OOMKilled}} {{.HostConfig.Memory}}")).isEqualTo("false " + MEMORY_BYTES);
    }

    @Test
    void clientInAnotherContainerIsToldTheAlias() {
        assertThat(ternmq.namesrvAddrInNetwork()).isEqualTo("messages:9876");

        String output = docker(
                "run",
                "--rm",
                "--network",
                network.getId(),
                EngineExtension.IMAGE,
                "java",
                "-cp",
                "/opt/ternmq/lib/*",
                "io.ternmq.examples.Quickstart",
                "--namesrv",
                ternmq.namesrvAddrInNetwork());

        assertThat(output).contains("All 10 messages were received.");
    }

    @Test
    void settingsReachTheBrokerAndPortsAreOfThisMachineAlone() {
        assertThat(docker("exec", ternmq.getContainerId(), "env")).contains("TERNMQ_BROKER_flushDiskType=SYNC_FLUSH");
        Set<String> hosts =
                new HashSet<>(List.of(inspect("{{range .NetworkSettings.Ports}}{{range .}}{{.HostIp}} {{end}}{{end}}")
                        .split(" ")));
        assertThat(hosts).containsExactly("127.0.0.1");
    }

    private static String inspect(String format) {
        return docker("inspect", "--format", format, ternmq.getContainerId()).strip();
    }

    private static String docker(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "docker";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Shell.run(EngineExtension.PROJECT, Map.of(), command).expectSuccess();
    }
}
