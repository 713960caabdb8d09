package io.ternmq.broker;

import io.ternmq.broker.store.StoreConfig;
import io.ternmq.common.config.ConfigFile;
import io.ternmq.common.config.EnvironmentSettings;
import io.ternmq.common.config.Settings;
import io.ternmq.common.config.StartFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The settings that a broker is started with, the stronger ones last: environment, file, command line.
 *
 * @param file where changes go that are made while the broker runs, and where they are read from again
 */
record StartSettings(Settings settings, Path file) {
    private static final String NAME_SERVERS = "namesrvAddr";
    private static final String NAME_SERVERS_VARIABLE = "NAMESRV_ADDR";
    private static final String VARIABLES = "TERNMQ_BROKER_";

    /** @throws IOException if a file that is named or there cannot be read; the message names it */
    static StartSettings read(StartFlags flags, Map<String, String> environment) throws IOException {
        Settings weakest = Optional.ofNullable(environment.get(NAME_SERVERS_VARIABLE))
                .map(value -> Settings.empty().with(NAME_SERVERS, value))
                .orElseGet(Settings::empty)
                .with(EnvironmentSettings.read(VARIABLES, BrokerConfig.DECLARED.keys(), environment));
        Settings strongest = flags.nameServers()
                .map(value -> Settings.empty().with(NAME_SERVERS, value))
                .orElseGet(Settings::empty);
        if (flags.configFile().isPresent()) {
            Path file = flags.configFile().get();
            return new StartSettings(weakest.with(ConfigFile.read(file)).with(strongest), file);
        }
        Path file = StoreConfig.from(weakest.with(strongest))
                .root()
                .resolve("config")
                .resolve("broker.properties");
        Settings saved = Files.exists(file) ? ConfigFile.read(file) : Settings.empty();
        return new StartSettings(weakest.with(saved).with(strongest), file);
    }
}
