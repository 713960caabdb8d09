package io.ternmq.interop;

import io.ternmq.interop.api.AdminHandle;
import io.ternmq.interop.api.ClientLibrary;
import io.ternmq.interop.servers.FreePorts;
import io.ternmq.interop.servers.OfficialServers;
import io.ternmq.interop.servers.RunningCluster;
import io.ternmq.interop.servers.ServerKind;
import io.ternmq.interop.servers.ShippedServers;
import io.ternmq.interop.tern.TernLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all interop tests of a run share: one cluster of each make, started when first asked for, and the client libraries.
 * Owns the clusters' processes, their ports and the folder they live in. Used by the threads of several tests at once.
 */
final class Testbed implements AutoCloseable {
    private static final String OFFICIAL_RELEASE = "5.5.0";

    private final Path work = directory("interop.work");
    private final OfficialReleases releases = new OfficialReleases(directory("interop.official"));
    private final Map<Pairing.Servers, SharedCluster> shared = new ConcurrentHashMap<>();
    private final FreePorts ports = new FreePorts();
    private final AtomicInteger names = new AtomicInteger();

    private static Path directory(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException(
                    "system property " + property + " is not set; failsafe sets it from interop/pom.xml");
        }
        return Path.of(value);
    }

    ClientLibrary client(Pairing.Client client) {
        return switch (client) {
            case OFFICIAL_550 -> releases.client("5.5.0");
            case OFFICIAL_498 -> releases.client("4.9.8");
            case TERN -> new TernLibrary();
        };
    }

    /** Starts a member of a group in a process of its own. */
    MemberProcess member(Pairing.Client client, String nameServers, String group, String topic) {
        String classPath = switch (client) {
            case OFFICIAL_550 -> releases.clientClassPath("5.5.0");
            case OFFICIAL_498 -> releases.clientClassPath("4.9.8");
            case TERN -> System.getProperty("java.class.path");
        };
        String library = client == Pairing.Client.TERN
                ? "io.ternmq.interop.tern.TernLibrary"
                : "io.ternmq.interop.official.OfficialLibrary";
        return MemberProcess.start(
                classPath, emptyDirectory(fresh("member")), List.of(library, nameServers, group, topic));
    }

    /** Returns the cluster that all tests use side by side, each with names of its own. */
    SharedCluster cluster(Pairing.Servers servers) {
        return shared.computeIfAbsent(
                servers, make -> new SharedCluster(start(make, fresh("shared"), settings(make)), this::admin));
    }

    // Official brokers evaluate conditions on properties only when told to; ours unless told not to. Neither has a
    // topic for
    // traces unless told to.
    private static Map<String, String> settings(Pairing.Servers servers) {
        return switch (servers) {
            case OFFICIAL -> Map.of("enablePropertyFilter", "true", "traceTopicEnable", "true");
            case TERN -> Map.of("traceTopicEnable", "true");
        };
    }

    /** Starts a cluster for one test, which closes it. */
    RunningCluster start(Pairing.Servers servers, String name, Map<String, String> settings) {
        return startIn(emptyDirectory(servers + "-" + name), servers, settings);
    }

    /** Starts a cluster on what others may have left in a folder, for one test, which closes it. */
    RunningCluster startIn(Path directory, Pairing.Servers servers, Map<String, String> settings) {
        return RunningCluster.start(kind(servers), directory, ports, settings, RunningCluster.Heap.small());
    }

    /** Returns a folder of this run, emptied of what an earlier run has left there. */
    Path emptyDirectory(String name) {
        Path directory = work.resolve(name);
        try {
            deleteRecursively(directory);
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    AdminHandle admin(String nameServers) {
        return releases.admin(nameServers);
    }

    /** Returns a name that no other test of this run uses. */
    String fresh(String prefix) {
        return prefix + "-" + names.incrementAndGet();
    }

    private ServerKind kind(Pairing.Servers servers) {
        return switch (servers) {
            case OFFICIAL -> new OfficialServers(releases.serverClassPath(OFFICIAL_RELEASE));
            case TERN -> new ShippedServers(directory("interop.distribution"));
        };
    }

    private static void deleteRecursively(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (var paths = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
    }

    @Override
    public void close() {
        shared.values().forEach(SharedCluster::close);
        shared.clear();
    }
}
