package io.ternmq.interop.servers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Our name server and broker as operators run them: by the scripts of an unpacked distribution.
 *
 * @param home the unpacked distribution
 */
public record ShippedServers(Path home) implements ServerKind {
    @Override
    public Launch nameServer(Path directory, int port, List<String> jvmArguments) {
        Map<String, String> properties = TernServers.nameServerProperties(directory, port);
        Path file = PropertyFile.write(directory.resolve("namesrv.properties"), properties);
        return script("mqnamesrv", directory, jvmArguments, List.of("-c", file.toString()));
    }

    @Override
    public Launch broker(Path directory, BrokerSpec spec, List<String> jvmArguments) {
        Map<String, String> properties =
                spec.properties(directory.resolve("store").toString());
        Path file = PropertyFile.write(directory.resolve("broker.properties"), properties);
        return script("mqbroker", directory, jvmArguments, List.of("-n", spec.nameServers(), "-c", file.toString()));
    }

    // The scripts become the server's JVM, so that signals to the process reach it.
    private Launch script(String name, Path directory, List<String> jvmArguments, List<String> arguments) {
        String script = home.resolve("bin").resolve(name).toString();
        return new Launch(
                Stream.concat(Stream.of("sh", script), arguments.stream()).toList(),
                Map.of(
                        "JAVA_HOME",
                        Launch.javaHome().toString(),
                        "JAVA_OPT_EXT",
                        String.join(" ", jvmArguments),
                        "TERNMQ_LOG_DIR",
                        directory.resolve("logs").toString()));
    }
}
