package io.ternmq.testcontainers;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * A container with a name server and one broker. Clients of this JVM use {@link #namesrvAddr()}, clients in other
 * containers of the same network {@link #namesrvAddrInNetwork()}: each is told an address of the broker that it can reach.
 *
 * <pre>{@code
 * try (TernMqContainer ternmq = new TernMqContainer("ternmq:dev")) {
 *     ternmq.start();
 *     producer.setNamesrvAddr(ternmq.namesrvAddr());
 *     ...
 * }
 * }</pre>
 */
public final class TernMqContainer extends GenericContainer<TernMqContainer> {
    private static final int NAME_SERVER_PORT = 9876;
    private static final int NAME_SERVER_OUTSIDE_PORT = 9877;
    private static final int BROKER_PORT = 10_911;
    private static final Duration START_MAX = Duration.ofMinutes(2);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

    /** The published ports are known only once the container runs, so what is to run in it waits for this file. */
    private static final String SETTINGS_FILE = "/tmp/ternmq-settings";

    private static final String START = "until [ -f " + SETTINGS_FILE + " ]; do sleep 0.1; done; . " + SETTINGS_FILE
            + "; exec /opt/ternmq/docker/entrypoint local";

    /** @param image the image of this project, such as {@code ternmq:dev} */
    public TernMqContainer(String image) {
        this(DockerImageName.parse(image));
    }

    /** @param image the image of this project */
    public TernMqContainer(DockerImageName image) {
        super(image);
        withExposedPorts(NAME_SERVER_OUTSIDE_PORT, BROKER_PORT);
        withEnv("TERNMQ_NAMESRV_LISTENER_PORTS", "outside:" + NAME_SERVER_OUTSIDE_PORT);
        // A log of a test is short.
        withEnv("TERNMQ_BROKER_MAPPED_FILE_SIZE_COMMIT_LOG", Integer.toString(16 * 1024 * 1024));
        withCreateContainerCmdModifier(create -> {
            create.withEntrypoint("sh", "-c", START);
            if (LOOPBACK.contains(getHost()) && create.getHostConfig() != null) {
                // For this machine alone: else the engine publishes ports to everybody.
                create.getHostConfig()
                        .withPortBindings(Stream.of(NAME_SERVER_OUTSIDE_PORT, BROKER_PORT)
                                .map(port -> new PortBinding(Ports.Binding.bindIp("127.0.0.1"), ExposedPort.tcp(port)))
                                .toList());
            }
        });
        waitingFor(Wait.forLogMessage(".*Local cluster is ready.*", 1).withStartupTimeout(START_MAX));
    }

    /** Sets a key of the broker, by the spelling that operators know, such as {@code flushDiskType}. */
    public TernMqContainer withSetting(String key, String value) {
        return withEnv("TERNMQ_BROKER_" + key, value);
    }

    /** What clients of this JVM are given: {@code host:port} of the name server. */
    public String namesrvAddr() {
        return getHost() + ":" + getMappedPort(NAME_SERVER_OUTSIDE_PORT);
    }

    /**
     * What clients in other containers of the network are given: {@code host:port} of the name server. The host is the
     * first alias that this container was given, else the name that the engine gave it.
     */
    public String namesrvAddrInNetwork() {
        return hostInNetwork(getContainerInfo()) + ":" + NAME_SERVER_PORT;
    }

    @Override
    protected void containerIsStarting(InspectContainerResponse container) {
        String listeners = "inside://" + hostInNetwork(container) + ":" + BROKER_PORT + ",outside://" + getHost() + ":"
                + getMappedPort(BROKER_PORT);
        String settings = "export TERNMQ_BROKER_ADVERTISED_LISTENERS=" + listeners + "\n";
        copyFileToContainer(Transferable.of(settings.getBytes(StandardCharsets.UTF_8)), SETTINGS_FILE);
    }

    // Testcontainers itself gives an alias as well, which stands first and may begin with its own name.
    private String hostInNetwork(InspectContainerResponse container) {
        List<String> given = getNetworkAliases().stream()
                .filter(alias -> !alias.startsWith("tc-"))
                .toList();
        return given.isEmpty() ? String.valueOf(container.getConfig().getHostName()) : given.get(0);
    }
}
