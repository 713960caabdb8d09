package io.ternmq.namesrv;

import io.ternmq.common.config.DeclaredSettings;
import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import io.ternmq.namesrv.kv.KvLimits;
import io.ternmq.namesrv.route.RegistrationLimits;
import io.ternmq.namesrv.route.RouteOptions;
import io.ternmq.remoting.server.ServerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a name server is set up.
 *
 * @param server where it listens; key {@code listenPort} defaults to 9876
 * @param listeners further ports, for clients of other networks
 * @param kvConfigPath file of the texts kept by namespace and key; key {@code kvConfigPath}, default
 *     {@code namesrv/kvConfig.json} in the home directory
 * @param configStorePath file that takes changes made while the server runs; key {@code configStorePath}, default the
 *     file that the server was started with, or none
 * @param scanInterval how often leases are looked at; key {@code scanNotActiveBrokerInterval}, default 5 s, from 100 ms
 *     to 60 s
 * @param lease how long a broker may be silent that does not say so itself; key {@code brokerLeaseMillis}, default
 *     120 s, from 1 s to 1 day
 * @param registration what brokers may register at most
 * @param kv how many texts may be kept
 * @param options how routes are told, when the server starts
 * @param given the keys and values that all of this was read from
 */
public record NameServerConfig(
        ServerConfig server,
        ListenerPorts listeners,
        Path kvConfigPath,
        Optional<Path> configStorePath,
        Duration scanInterval,
        Duration lease,
        RegistrationLimits registration,
        KvLimits kv,
        RouteOptions options,
        Settings given) {
    public static final int DEFAULT_PORT = 9876;

    private static final int PORT_MAX = 65_535;

    private static final Setting<Integer> PORT =
            Setting.integer("listenPort", DEFAULT_PORT).between(0, PORT_MAX);
    private static final Setting<String> KV_CONFIG_PATH = Setting.text(
            "kvConfigPath",
            Path.of(System.getProperty("user.home"), "namesrv", "kvConfig.json").toString());
    private static final Setting<String> CONFIG_STORE_PATH = Setting.text("configStorePath", "");
    private static final Setting<Duration> SCAN_INTERVAL =
            Setting.millis("scanNotActiveBrokerInterval", 5_000).between(100, 60_000);
    private static final Setting<Duration> LEASE = Setting.millis("brokerLeaseMillis", 120_000)
            .between(1_000, Duration.ofDays(1).toMillis());

    /** All settings of a name server. */
    public static DeclaredSettings settings() {
        List<Setting<?>> all = new ArrayList<>(
                List.of(PORT, ListenerPorts.PORTS, KV_CONFIG_PATH, CONFIG_STORE_PATH, SCAN_INTERVAL, LEASE));
        ServerConfig.settings().stream()
                .filter(setting -> !setting.key().equals(PORT.key()))
                .forEach(all::add);
        all.addAll(RegistrationLimits.settings());
        all.addAll(KvLimits.settings());
        all.addAll(RouteOptions.settings());
        return new DeclaredSettings(all);
    }

    /**
     * Reads the settings.
     *
     * @throws io.ternmq.common.config.SettingException if a value is not valid
     */
    public static NameServerConfig from(Settings given) {
        return new NameServerConfig(
                ServerConfig.from(given, DEFAULT_PORT),
                ListenerPorts.from(given),
                Path.of(given.get(KV_CONFIG_PATH)),
                given.text(CONFIG_STORE_PATH.key()).map(Path::of),
                given.get(SCAN_INTERVAL),
                given.get(LEASE),
                RegistrationLimits.from(given),
                KvLimits.from(given),
                RouteOptions.from(given),
                given);
    }

    /** Settings as the file {@code file} gives them, which takes changes too unless it names another one. */
    static Settings startedWith(Path file, Settings read) {
        return read.text(CONFIG_STORE_PATH.key()).isPresent()
                ? read
                : read.with(CONFIG_STORE_PATH.key(), file.toAbsolutePath().toString());
    }
}
