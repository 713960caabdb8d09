package io.ternmq.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an image of ours is and does by itself. */
@NeedsEngine
final class ImageIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String NAME =
            "ternmq-image-it-" + ProcessHandle.current().pid();

    @AfterEach
    void removeWhatIsLeft() {
        docker("rm", "-f", "-v", NAME);
        docker("rm", "-f", "-v", NAME + "-b");
        docker("network", "rm", NAME);
    }

    @Test
    void brokerStartsWithinItsLimitServesAndStopsCleanlyOnSigterm() {
        succeed("run", "-d", "--name", NAME, "--memory", "256m", EngineExtension.IMAGE, "broker");
        awaitHealth(NAME, "healthy");

        // A quarter of the limit, and nobody's privileges.
        String commandLine = succeed("exec", NAME, "sh", "-c", "tr '\\0' ' ' </proc/1/cmdline");
        assertThat(commandLine).contains("-Xmx64m", "-XX:SharedArchiveFile=", "io.ternmq.broker.BrokerMain");
        assertThat(succeed("exec", NAME, "id", "-u").strip()).isEqualTo("10001");

        succeed("stop", "--time", "20", NAME);
        assertThat(succeed("logs", NAME)).contains("Broker stopped.");
        assertThat(succeed("inspect", "--format", "{{.State.ExitCode}} {{.State.OOMKilled}}", NAME)
                        .strip())
                .isEqualTo("143 false"); // ended by SIGTERM, after a clean stop
    }

    @Test
    void healthIsThatOfTheServerNotOfItsPort() {
        succeed("run", "-d", "--name", NAME, EngineExtension.IMAGE, "namesrv");
        awaitHealth(NAME, "healthy");

        assertThat(docker("exec", NAME, "/opt/ternmq/docker/health").isSuccess())
                .isTrue();
        signal("STOP"); // the kernel goes on accepting its connections
        try {
            assertThat(docker("exec", NAME, "/opt/ternmq/docker/health").isSuccess())
                    .isFalse();
        } finally {
            signal("CONT");
        }
    }

    private static void signal(String signal) {
        succeed("kill", "-s", signal, NAME);
    }

    @Test
    void brokerWhoseAddressLeadsNowhereSaysSo() {
        succeed("network", "create", NAME);
        succeed("run", "-d", "--name", NAME, "--network", NAME, EngineExtension.IMAGE, "namesrv");
        succeed(
                "run",
                "-d",
                "--name",
                NAME + "-b",
                "--network",
                NAME,
                "--hostname",
                "broker-x",
                "-e",
                "TERNMQ_BROKER_ADVERTISED_LISTENERS=inside://" + NAME + "-b:10999,outside://127.0.0.1:10911",
                EngineExtension.IMAGE,
                "broker",
                "-n",
                NAME + ":9876");

        String line = awaitLine(NAME + "-b", "CLIENTS CANNOT REACH THIS BROKER");

        System.out.println("What the operator sees: " + line);
        assertThat(line).contains(NAME + "-b:10999", "brokerIP1", "advertisedListeners");
    }

    @Test
    void brokerThatAdvertisesEveryMachinesNameForItselfSaysSo() {
        succeed("network", "create", NAME);
        succeed("run", "-d", "--name", NAME, "--network", NAME, EngineExtension.IMAGE, "namesrv");
        succeed(
                "run",
                "-d",
                "--name",
                NAME + "-b",
                "--network",
                NAME,
                "-e",
                "TERNMQ_BROKER_BROKER_IP1=127.0.0.1",
                EngineExtension.IMAGE,
                "broker",
                "-n",
                NAME + ":9876");

        String line = awaitLine(NAME + "-b", "could not check it");

        System.out.println("What the operator sees: " + line);
        assertThat(line).contains("127.0.0.1 is every machine's name for itself", "mqlocal check");
    }

    @Test
    void imageAddsLittleToItsBase() {
        long bytes = succeed(
                        "history",
                        "--human=false",
                        "--no-trunc",
                        "--format",
                        "{{.Size}} {{.CreatedBy}}",
                        EngineExtension.IMAGE)
                .lines()
                .filter(layer -> layer.contains("ternmq"))
                .mapToLong(layer -> Long.parseLong(layer.substring(0, layer.indexOf(' '))))
                .sum();

        System.out.println("The image adds " + bytes / 1_000_000 + " MB to its base");
        assertThat(bytes).isBetween(5_000_000L, 100_000_000L);
    }

    @Test
    void anyOtherCommandRunsAsItStandsAndAnUnknownKeyIsNamedWithTheNearest() {
        assertThat(succeed("run", "--rm", EngineExtension.IMAGE, "echo", "as it stands"))
                .contains("as it stands");
        succeed("run", "-d", "--name", NAME, "-e", "TERNMQ_NAMESRV_LISTEN_PORTT=1", EngineExtension.IMAGE, "namesrv");

        assertThat(awaitLine(NAME, "Unknown key is ignored")).contains("LISTEN_PORTT");
    }

    private static void awaitHealth(String name, String wanted) {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> docker("inspect", "--format", "{{.State.Health.Status}}", name)
                        .output()
                        .strip()
                        .equals(wanted));
    }

    private static String awaitLine(String name, String text) {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> docker("logs", name).output().contains(text));
        return docker("logs", name)
                .output()
                .lines()
                .filter(line -> line.contains(text))
                .findFirst()
                .orElseThrow();
    }

    private static String succeed(String... arguments) {
        return docker(arguments).expectSuccess();
    }

    private static Shell.Result docker(String... arguments) {
        return Shell.run(
                EngineExtension.PROJECT,
                Map.of(),
                Stream.concat(Stream.of("docker"), Stream.of(arguments)).toArray(String[]::new));
    }
}
