package io.ternmq.testcontainers;

import io.ternmq.remoting.client.ClientConfig;
import io.ternmq.remoting.client.RemotingClient;
import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.server.RequestRouter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** The cluster of docker-compose.yml, on ports of its own, worked as operators do: by ./cluster and the engine's commands. */
final class ComposedCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String project = "ternmq-it-" + ProcessHandle.current().pid();
    private final Map<String, String> environment = new HashMap<>();
    private final RemotingClient probe = new RemotingClient(ClientConfig.defaults(), RequestRouter.none());
    private final int nameServerPort;

    private ComposedCluster() {
        List<Integer> ports = freePorts(4);
        this.nameServerPort = ports.get(0);
        environment.putAll(Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                "TERNMQ_PROJECT", project,
                "TERNMQ_IMAGE", EngineExtension.IMAGE,
                "TERNMQ_NAMESRV_A_PORT", Integer.toString(ports.get(0)),
                "TERNMQ_NAMESRV_B_PORT", Integer.toString(ports.get(1)),
                "TERNMQ_BROKER_A_PORT", Integer.toString(ports.get(2)),
                "TERNMQ_BROKER_B_PORT", Integer.toString(ports.get(3))));
    }

    static ComposedCluster up() {
        ComposedCluster cluster = new ComposedCluster();
        try {
            cluster.command("up");
            return cluster;
        } catch (AssertionError e) {
            System.out.println(cluster.run("logs").output());
            cluster.close();
            throw e;
        }
    }

    /** What clients on this machine are given. */
    String namesrvAddr() {
        return "127.0.0.1:" + nameServerPort;
    }

    /** Runs ./cluster. */
    String command(String... arguments) {
        return run(arguments).expectSuccess();
    }

    /** Whether clients on this machine are told of both brokers and reach them. Asked from this JVM, which is warm. */
    boolean isWell() {
        try {
            List<String> addresses = probe
                    .call(namesrvAddr(), RouteRpcs.GET_BROKER_CLUSTER_INFO, Nothing.NOTHING, PATIENCE)
                    .join()
                    .decode(RouteRpcs.GET_BROKER_CLUSTER_INFO)
                    .brokers()
                    .values()
                    .stream()
                    .flatMap(broker -> broker.addresses().values().stream())
                    .toList();
            return addresses.size() == 2 && addresses.stream().allMatch(this::answers);
        } catch (CompletionException e) {
            return false; // the name server is away
        }
    }

    private boolean answers(String address) {
        return probe.call(address, RouteRpcs.IDENTIFY_BROKER, Nothing.NOTHING, PATIENCE)
                .handle((reply, failure) -> failure == null && reply.isSuccess())
                .join();
    }

    /** Runs an engine's command on the container of a service: {@code docker("kill", "broker-a", "-s", "KILL")}. */
    String docker(String verb, String service, String... options) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(verb.split(" ")));
        command.addAll(List.of(options));
        command.add(container(service));
        return docker(command);
    }

    /** Runs a client in a container of the cluster's network; the servers are called by their services' names. */
    String inNetwork(String... command) {
        List<String> run =
                new ArrayList<>(List.of("docker", "run", "--rm", "--network", network(), EngineExtension.IMAGE));
        run.addAll(List.of(command));
        return docker(run);
    }

    String network() {
        return project + "_default";
    }

    String container(String service) {
        return docker(List.of(
                        "docker",
                        "ps",
                        "-aq",
                        "--filter",
                        "label=com.docker.compose.project=" + project,
                        "--filter",
                        "label=com.docker.compose.service=" + service))
                .strip();
    }

    String health(String service) {
        return docker("inspect", service, "--format", "{{.State.Health.Status}}")
                .strip();
    }

    String docker(List<String> command) {
        return Shell.run(EngineExtension.PROJECT, environment, command.toArray(String[]::new))
                .expectSuccess();
    }

    @Override
    public void close() {
        probe.close();
        command("down", "--volumes");
    }

    private Shell.Result run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("./cluster"));
        command.addAll(List.of(arguments));
        return Shell.run(EngineExtension.PROJECT, environment, command.toArray(String[]::new));
    }

    private static List<Integer> freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports =
                    sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
