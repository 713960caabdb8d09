package io.ternmq.interop.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A name server and a broker of one make, running. Owns both processes; the directory is its caller's and is kept, so that a
 * broker can be started again on what it stored. Its addresses and names may be asked for by any thread; the rest is for one.
 */
public final class RunningCluster implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final String CLUSTER = "InteropCluster";
    private static final String BROKER = "broker-a";

    private final ServerKind kind;
    private final Path directory;
    private final Heap heap;
    private final int nameServerPort;
    private final BrokerSpec spec;
    private ServerProcess nameServer;
    private ServerProcess broker;

    /**
     * Arguments of the two JVMs.
     *
     * @param nameServer such as {@code -Xmx256m}
     * @param broker such as {@code -Xmx1g}
     */
    public record Heap(List<String> nameServer, List<String> broker) {
        public static Heap small() {
            return new Heap(List.of("-Xmx256m"), List.of("-Xms512m", "-Xmx1g"));
        }
    }

    private RunningCluster(ServerKind kind, Path directory, FreePorts ports, Map<String, String> settings, Heap heap) {
        this.kind = kind;
        this.directory = directory;
        this.heap = heap;
        nameServerPort = ports.one();
        spec = new BrokerSpec(
                CLUSTER, BROKER, ports.withVipBelow(), ports.one(), "127.0.0.1:" + nameServerPort, settings);
    }

    /**
     * Starts a name server, then a broker, and returns once the broker is registered.
     *
     * @param ports to choose from; shared by all who start servers in this JVM
     * @param settings of the broker, over those that all have
     */
    public static RunningCluster start(
            ServerKind kind, Path directory, FreePorts ports, Map<String, String> settings, Heap heap) {
        RunningCluster cluster = new RunningCluster(kind, directory, ports, settings, heap);
        try {
            cluster.startNameServer();
            cluster.startBroker();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Starts the name server, which must not run, and returns once it takes connections. */
    public void startNameServer() {
        nameServer = start("namesrv", kind.nameServer(directory, nameServerPort, heap.nameServer()));
        nameServer.awaitPort(nameServerPort, START_LIMIT);
    }

    /** Starts the broker, which must not run, and returns once it is registered. */
    public void startBroker() {
        broker = start("broker", kind.broker(directory, spec, heap.broker()));
        broker.awaitPort(spec.port(), START_LIMIT);
        broker.await(
                "its registration",
                START_LIMIT,
                () -> NameServerProbe.brokers(nameServerPort).contains(spec.address()));
    }

    private ServerProcess start(String name, Launch launch) {
        try {
            Files.createDirectories(directory.resolve("home"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ServerProcess.start(launch, directory, directory.resolve(name + ".out"));
    }

    public String nameServers() {
        return spec.nameServers();
    }

    public String clusterName() {
        return spec.cluster();
    }

    public String brokerName() {
        return spec.name();
    }

    public String brokerAddress() {
        return spec.address();
    }

    public ServerProcess nameServer() {
        return nameServer;
    }

    public ServerProcess broker() {
        return broker;
    }

    @Override
    public void close() {
        if (broker != null) {
            broker.close();
        }
        if (nameServer != null) {
            nameServer.close();
        }
    }
}
