package io.ternmq.testcontainers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The cluster of docker-compose.yml, on ports of its own, worked as operators do: by ./cluster and the engine's commands. */
final class ComposedCluster implements AutoCloseable {
    private final String project = "ternmq-it-" + ProcessHandle.current().pid();
    private final Map<String, String> environment = new HashMap<>();
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

    /** Whether clients on this machine are told of both brokers and reach them. */
    boolean isWell() {
        Shell.Result check = run("check");
        return check.isSuccess() && check.output().contains("tells of 2 brokers");
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
