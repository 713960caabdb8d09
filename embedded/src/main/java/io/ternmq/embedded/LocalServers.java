package io.ternmq.embedded;

import io.ternmq.broker.Broker;
import io.ternmq.broker.BrokerConfig;
import io.ternmq.common.config.SettingException;
import io.ternmq.common.config.Settings;
import io.ternmq.common.lifecycle.LifecycleStack;
import io.ternmq.common.time.Clock;
import io.ternmq.namesrv.NameServer;
import io.ternmq.namesrv.NameServerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A name server and one broker as one process runs them for its own machine, at the ports that clients expect. Owns both.
 */
final class LocalServers implements AutoCloseable {
    private static final String NAME_SERVERS = "namesrvAddr";
    private static final String DEFAULT_HOST = "127.0.0.1";
    static final String DEFAULT_ADDRESS = DEFAULT_HOST + ":" + NameServerConfig.DEFAULT_PORT;

    private static final int PORT_MAX = 65_535;

    private final LifecycleStack parts = new LifecycleStack();
    private final String nameServerAddress;
    private final Broker broker;

    private LocalServers(Settings settings, BrokerConfig config, Settings ofNameServer) throws IOException {
        try {
            NameServer nameServer = parts.push(
                    "name server",
                    NameServer.start(NameServerConfig.from(
                            nameServerSettings(settings, config.store().root()).with(ofNameServer))));
            this.nameServerAddress = hostOf(settings) + ":" + nameServer.port();
            Settings joined = settings.with(NAME_SERVERS, nameServerAddress);
            this.broker = parts.push("broker", Broker.start(BrokerConfig.from(joined), Clock.system()));
        } catch (IOException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /**
     * Starts both; when this returns, clients can use them.
     *
     * @param settings of the broker; of the name server {@code namesrvAddr} tells the address, else it is the usual port
     *     of this machine
     * @param ofNameServer further settings of the name server, stronger than those that follow from the broker's
     * @throws IOException if one cannot start; what had started is stopped
     * @throws SettingException if a value is not valid
     */
    static LocalServers start(Settings settings, Settings ofNameServer) throws IOException {
        Settings all = withDefaults(settings);
        return new LocalServers(all, BrokerConfig.from(all), ofNameServer);
    }

    /** The settings in force for what was given: a machine's own servers are reached by its own clients only. */
    static Settings withDefaults(Settings settings) {
        Settings defaults = Settings.of(Map.of("bindAddress", DEFAULT_HOST));
        boolean hasListeners = settings.text("advertisedListeners").isPresent();
        return (hasListeners ? defaults : defaults.with("brokerIP1", DEFAULT_HOST))
                .with(settings)
                .with(NAME_SERVERS, hostOf(settings) + ":" + portOf(settings));
    }

    String nameServerAddress() {
        return nameServerAddress;
    }

    String brokerAddress() {
        return broker.address();
    }

    /** Stops the broker, then the name server. */
    @Override
    public void close() {
        parts.close();
    }

    private static Settings nameServerSettings(Settings settings, Path root) {
        Path own = root.resolve("namesrv");
        return Settings.of(Map.of(
                "listenPort", Integer.toString(portOf(settings)),
                "bindAddress", settings.text("bindAddress").orElse(DEFAULT_HOST),
                "kvConfigPath", own.resolve("kvConfig.json").toString(),
                "configStorePath", own.resolve("namesrv.properties").toString()));
    }

    private static String hostOf(Settings settings) {
        String address = settings.text(NAME_SERVERS).orElse(DEFAULT_HOST);
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }

    private static int portOf(Settings settings) {
        String address = settings.text(NAME_SERVERS).orElse("");
        int colon = address.lastIndexOf(':');
        if (colon < 0) {
            return NameServerConfig.DEFAULT_PORT;
        }
        try {
            int port = Integer.parseInt(address.substring(colon + 1));
            if (port >= 0 && port <= PORT_MAX) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw notAnAddress(address);
        }
        throw notAnAddress(address);
    }

    private static SettingException notAnAddress(String address) {
        return new SettingException(
                NAME_SERVERS,
                address,
                "host:port of the one name server that is started here, port from 0 to " + PORT_MAX);
    }
}
