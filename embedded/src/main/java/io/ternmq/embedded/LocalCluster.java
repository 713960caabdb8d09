package io.ternmq.embedded;

import io.ternmq.broker.Broker;
import io.ternmq.broker.BrokerConfig;
import io.ternmq.common.config.Settings;
import io.ternmq.common.lifecycle.LifecycleStack;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.DaemonThreads;
import io.ternmq.namesrv.NameServer;
import io.ternmq.namesrv.NameServerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A name server and brokers in this JVM, on ports that the system chooses, reachable from this machine only. Owns them;
 * {@link #close} stops them and leaves nothing behind but a directory that the caller gave. Any number of clusters may
 * run at a time. Safe for use by any thread.
 *
 * <pre>{@code
 * try (LocalCluster cluster = LocalCluster.start()) {
 *     producer.setNamesrvAddr(cluster.namesrvAddr());
 *     ...
 * }
 * }</pre>
 */
public final class LocalCluster implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final String CLUSTER_NAME = "DefaultCluster";

    private final LifecycleStack parts;
    private final Path directory;
    private final NameServer nameServer;
    private final List<Broker> brokers;

    private LocalCluster(LifecycleStack parts, Path directory, NameServer nameServer, List<Broker> brokers) {
        this.parts = parts;
        this.directory = directory;
        this.nameServer = nameServer;
        this.brokers = List.copyOf(brokers);
    }

    /**
     * Starts a name server and one broker, with their files in a temporary directory.
     *
     * @throws IOException if it cannot; what had started is stopped
     */
    public static LocalCluster start() throws IOException {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** What clients are given: {@code host:port} of the name server. */
    public String namesrvAddr() {
        return HOST + ":" + nameServer.port();
    }

    /** Where the brokers are: {@code host:port} of each. */
    public List<String> brokerAddresses() {
        return brokers.stream().map(Broker::address).toList();
    }

    /** Where the files are, one directory below it for each server. */
    public Path directory() {
        return directory;
    }

    /** Has the cluster closed when the JVM is told to stop, in case nobody closes it before. Returns this cluster. */
    public LocalCluster closeAtExit() {
        Runtime.getRuntime().addShutdownHook(new DaemonThreads("local-cluster-shutdown").newThread(this::close));
        return this;
    }

    /** Stops all servers within a few seconds, brokers first; deletes a temporary directory. Further calls do nothing. */
    @Override
    public synchronized void close() {
        parts.close();
    }

    /** Collects what a cluster is to be like; used by one thread. */
    public static final class Builder {
        /** Small, for a log of a test is short and files are made and deleted often. */
        private static final int SEGMENT_BYTES = 16 * 1024 * 1024;

        private static final int QUEUE_FILE_BYTES = 20 * 10_000;
        private static final int BROKERS_MAX = 26; // one for each letter that ends their names

        private int brokers = 1;
        private Optional<Path> directory = Optional.empty();
        private Settings brokerSettings = Settings.empty();
        private Settings nameServerSettings = Settings.empty();

        private Builder() {}

        /** How many brokers, each a master: {@code broker-a}, {@code broker-b} and so on. */
        public Builder brokers(int count) {
            if (count < 1 || count > BROKERS_MAX) {
                throw new IllegalArgumentException("brokers=" + count + ": expected 1 to " + BROKERS_MAX);
            }
            this.brokers = count;
            return this;
        }

        /** Where to keep files, also those of an earlier cluster; it stays when the cluster is closed. */
        public Builder directory(Path path) {
            this.directory = Optional.of(path);
            return this;
        }

        /** A setting of all brokers, by the key that operators know, such as {@code flushDiskType}. */
        public Builder setting(String key, String value) {
            this.brokerSettings = brokerSettings.with(key, value);
            return this;
        }

        /** Settings of all brokers. */
        public Builder settings(Map<String, String> texts) {
            this.brokerSettings = brokerSettings.with(Settings.of(texts));
            return this;
        }

        /** A setting of the name server, by the key that operators know. */
        public Builder nameServerSetting(String key, String value) {
            this.nameServerSettings = nameServerSettings.with(key, value);
            return this;
        }

        /**
         * Starts the cluster; when this returns, clients can use it.
         *
         * @throws IOException if it cannot; what had started is stopped
         * @throws io.ternmq.common.config.SettingException if the value of a setting is not valid
         */
        public LocalCluster start() throws IOException {
            LifecycleStack parts = new LifecycleStack();
            try {
                return start(parts);
            } catch (IOException | RuntimeException e) {
                parts.close();
                throw e;
            }
        }

        private LocalCluster start(LifecycleStack parts) throws IOException {
            Clock clock = Clock.system();
            ClusterDirectory home =
                    directory.isPresent() ? ClusterDirectory.given(directory.get()) : ClusterDirectory.temporary();
            parts.push("directory", home);
            NameServer nameServer =
                    parts.push("name server", NameServer.start(NameServerConfig.from(nameServerSettings(home.path()))));
            List<Broker> started = new ArrayList<>();
            for (int index = 0; index < brokers; index++) {
                String name = "broker-" + (char) ('a' + index);
                Settings settings = brokerSettings(home.path(), name, HOST + ":" + nameServer.port());
                started.add(parts.push(name, Broker.start(BrokerConfig.from(settings), clock)));
            }
            return new LocalCluster(parts, home.path(), nameServer, started);
        }

        private Settings nameServerSettings(Path home) {
            Path own = home.resolve("namesrv");
            return Settings.of(Map.of(
                            "bindAddress",
                            HOST,
                            "listenPort",
                            "0",
                            "kvConfigPath",
                            own.resolve("kvConfig.json").toString(),
                            "configStorePath",
                            own.resolve("namesrv.properties").toString()))
                    .with(nameServerSettings);
        }

        // What makes the cluster one is set last: overriding it would take the broker out of it.
        private Settings brokerSettings(Path home, String name, String nameServer) {
            return Settings.of(Map.of(
                            "bindAddress",
                            HOST,
                            "brokerIP1",
                            HOST,
                            "listenPort",
                            "0",
                            "vipChannelEnable",
                            "false",
                            "brokerClusterName",
                            CLUSTER_NAME,
                            "mappedFileSizeCommitLog",
                            Integer.toString(SEGMENT_BYTES),
                            "mappedFileSizeConsumeQueue",
                            Integer.toString(QUEUE_FILE_BYTES)))
                    .with(brokerSettings)
                    .with(Settings.of(Map.of(
                            "brokerName", name,
                            "namesrvAddr", nameServer,
                            "storePathRootDir", home.resolve(name).toString())));
        }
    }
}
