package io.ternmq.common.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the command line of a server says.
 *
 * @param configFile file of settings, {@code -c}
 * @param nameServers addresses of name servers joined by {@code ;}, {@code -n}
 * @param printsSettings whether to print the settings and exit, {@code -p}
 * @param wantsHelp whether to print how to start and exit, {@code -h}
 */
public record StartFlags(
        Optional<Path> configFile, Optional<String> nameServers, boolean printsSettings, boolean wantsHelp) {

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException with one sentence for whoever typed it
     */
    public static StartFlags parse(String... arguments) {
        Optional<Path> configFile = Optional.empty();
        Optional<String> nameServers = Optional.empty();
        boolean printsSettings = false;
        boolean wantsHelp = false;
        for (int index = 0; index < arguments.length; index++) {
            switch (arguments[index]) {
                case "-c", "--configFile" -> configFile = Optional.of(Path.of(valueAfter(arguments, index++)));
                case "-n", "--namesrvAddr" -> nameServers = Optional.of(valueAfter(arguments, index++));
                case "-p", "--printConfigItem", "-m", "--printImportantConfig" -> printsSettings = true;
                case "-h", "--help" -> wantsHelp = true;
                default ->
                    throw new IllegalArgumentException("Argument " + arguments[index]
                            + " is not known: expected -c file, -n addresses, -p or --help");
            }
        }
        return new StartFlags(configFile, nameServers, printsSettings, wantsHelp);
    }

    private static String valueAfter(String[] arguments, int index) {
        if (index + 1 == arguments.length) {
            throw new IllegalArgumentException("Argument " + arguments[index] + " needs a value after it");
        }
        return arguments[index + 1];
    }
}
