package io.ternmq.broker.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.FlushMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that fills up and has space again: a real, small file system, mounted in a namespace of the test's own and gone
 * with it. Where the machine allows no such mount, only {@code StoreFaultTest} and the simulation have a full disk; the
 * report says which it was.
 */
class FullDiskIT {
    private static final List<List<String>> NAMESPACES =
            List.of(List.of("unshare", "--mount"), List.of("unshare", "--user", "--map-root-user", "--mount"));
    private static final String MOUNT = "mount -t tmpfs -o size=4m tmpfs \"$0\" && exec \"$@\"";

    @TempDir
    private Path directory;

    @Test
    void aFullDiskIsSaidToBeFullLosesNothingAndGoesOnByItself() throws IOException, InterruptedException {
        Optional<List<String>> namespace =
                NAMESPACES.stream().filter(this::isAllowed).findFirst();
        System.out.println("full disk: "
                + (namespace.isPresent() ? "tmpfs of 4 MiB" : "simulated, no file system can be mounted here"));
        if (namespace.isEmpty()) {
            simulate();
            return;
        }

        Run run = run(
                namespace.get(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                SmallDisk.class.getName(),
                directory.toString());

        System.out.println(run.output());
        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.output())
                .contains("the disk of the commit log is full: no space for")
                .contains("under the queues: no space for consume queues: no space for")
                .contains("under the index: no space for key index: no space for");
    }

    // Small disks in a third of all seeds.
    private static void simulate() {
        for (long seed = 0; seed < 100; seed++) {
            for (FlushMode mode : FlushMode.values()) {
                new StoreSimulation(seed, mode).run();
            }
        }
    }

    private boolean isAllowed(List<String> namespace) {
        try {
            return run(namespace, "true").status() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private record Run(int status, String output) {}

    private Run run(List<String> namespace, String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(namespace);
        all.addAll(List.of("sh", "-c", MOUNT, directory.toString()));
        all.addAll(List.of(command));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Run(process.exitValue(), output);
        } finally {
            process.destroyForcibly();
        }
    }
}
