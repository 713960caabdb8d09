package io.ternmq.benchmark;

import io.ternmq.benchmark.floor.FloorMain;
import io.ternmq.interop.servers.FreePorts;
import io.ternmq.interop.servers.Launch;
import io.ternmq.interop.servers.OfficialServers;
import io.ternmq.interop.servers.RunningCluster;
import io.ternmq.interop.servers.RunningCluster.Heap;
import io.ternmq.interop.servers.ServerKind;
import io.ternmq.interop.servers.ServerProcess;
import io.ternmq.interop.servers.ShippedServers;
import io.ternmq.interop.servers.TernServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How servers of each make are started, all on the same JVM with the same flags.
 *
 * @param classPaths of all makes
 * @param jvmFlags of whatever is measured
 * @param flush of the brokers; the floor has no disk to wait for
 * @param ports that servers listen on
 */
public record Servers(ClassPaths classPaths, List<String> jvmFlags, Flush flush, FreePorts ports) {
    private static final Duration FLOOR_START_LIMIT = Duration.ofSeconds(30);
    private static final List<String> NAME_SERVER_FLAGS = List.of("-Xmx256m");

    public Servers {
        jvmFlags = List.copyOf(jvmFlags);
    }

    /**
     * Starts one, and returns once it can be sent to.
     *
     * @param directory of its files, made if it is not there
     * @throws IllegalStateException if it ends, or takes too long; the message holds what it printed
     */
    public Target start(Make make, Path directory) {
        return switch (make) {
            case TERN -> cluster(new TernServers(classPaths.ours()), directory);
            case OFFICIAL -> cluster(new OfficialServers(classPaths.officialServers()), directory);
            case FLOOR -> floor(directory);
        };
    }

    /**
     * As {@link #start}, but what its make ships is started as it is shipped: ours by its scripts, from a distribution
     * that was unpacked and prepared; of the official one the artifacts are all there is.
     */
    Target startShipped(Make make, Path directory) {
        return make == Make.TERN
                ? cluster(new ShippedServers(classPaths.shipped()), directory)
                : start(make, directory);
    }

    private Target cluster(ServerKind kind, Path directory) {
        RunningCluster cluster =
                RunningCluster.start(kind, directory, ports, flush.settings(), new Heap(NAME_SERVER_FLAGS, jvmFlags));
        return new Target(cluster.nameServers(), cluster.brokerAddress(), cluster.broker(), cluster::close);
    }

    private Target floor(Path directory) {
        Path output = directory.resolve("floor.out");
        Launch launch = Launch.java(classPaths.ours(), FloorMain.class.getName(), jvmFlags, List.of());
        try {
            Files.createDirectories(directory);
            ServerProcess floor = ServerProcess.start(launch, directory, output);
            floor.await(
                    "its port",
                    FLOOR_START_LIMIT,
                    () -> FloorMain.address(Files.readString(output)).isPresent());
            String address = FloorMain.address(Files.readString(output)).orElseThrow();
            return new Target(address, address, floor, floor::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
