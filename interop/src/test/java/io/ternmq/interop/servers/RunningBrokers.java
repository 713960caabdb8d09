package io.ternmq.interop.servers;

import io.ternmq.interop.servers.RunningCluster.Heap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A name server and several brokers of one make, running. Owns all processes; the directory is its caller's and is kept, so
 * that a broker can be started again on what it stored. Used by one thread.
 */
public final class RunningBrokers implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final String CLUSTER = "InteropCluster";

    private final ServerKind kind;
    private final Path directory;
    private final Heap heap;
    private final FreePorts ports = new FreePorts();
    private final int nameServerPort = ports.one();
    private final List<BrokerSpec> specs = new ArrayList<>();
    private final List<ServerProcess> brokers = new ArrayList<>();
    private ServerProcess nameServer;

    private RunningBrokers(ServerKind kind, Path directory, Heap heap) {
        this.kind = kind;
        this.directory = directory;
        this.heap = heap;
    }

    /** Starts a name server, then brokers of these names, and returns once they are registered. */
    public static RunningBrokers start(ServerKind kind, Path directory, List<String> names, Heap heap) {
        RunningBrokers running = new RunningBrokers(kind, directory, heap);
        try {
            running.startNameServer();
            names.forEach(running::add);
            return running;
        } catch (RuntimeException e) {
            running.close();
            throw e;
        }
    }

    private void startNameServer() {
        Path home = directory.resolve("namesrv");
        nameServer = process("namesrv", kind.nameServer(home, nameServerPort, heap.nameServer()));
        nameServer.awaitPort(nameServerPort, START_LIMIT);
    }

    private void add(String name) {
        specs.add(new BrokerSpec(CLUSTER, name, ports.withVipBelow(), ports.one(), nameServers(), Map.of()));
        int index = specs.size() - 1;
        brokers.add(launch(index));
        awaitRegistration(index);
    }

    /** Starts a broker that has ended; it need not serve yet when this returns. */
    public void startAgain(int index) {
        brokers.set(index, launch(index));
    }

    public void awaitRegistration(int index) {
        brokers.get(index)
                .await(
                        "its registration",
                        START_LIMIT,
                        () -> NameServerProbe.brokers(nameServerPort).contains(address(index)));
    }

    private ServerProcess launch(int index) {
        BrokerSpec spec = specs.get(index);
        return process(spec.name(), kind.broker(directory.resolve(spec.name()), spec, heap.broker()));
    }

    private ServerProcess process(String name, Launch launch) {
        Path home = directory.resolve(name);
        try {
            Files.createDirectories(home.resolve("home"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ServerProcess.start(launch, home, home.resolve("out"));
    }

    public String nameServers() {
        return "127.0.0.1:" + nameServerPort;
    }

    public String name(int index) {
        return specs.get(index).name();
    }

    public String address(int index) {
        return specs.get(index).address();
    }

    public ServerProcess broker(int index) {
        return brokers.get(index);
    }

    @Override
    public void close() {
        brokers.forEach(ServerProcess::close);
        if (nameServer != null) {
            nameServer.close();
        }
    }
}
