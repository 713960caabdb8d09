package io.ternmq.interop.servers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Our name server and broker.
 *
 * @param classPath of our modules
 */
public record TernServers(String classPath) implements ServerKind {
    @Override
    public Launch nameServer(Path directory, int port, List<String> jvmArguments) {
        Map<String, String> properties = Map.of(
                "listenPort",
                Integer.toString(port),
                "bindAddress",
                "127.0.0.1",
                "kvConfigPath",
                directory.resolve("kvConfig.json").toString());
        Path file = PropertyFile.write(directory.resolve("namesrv.properties"), properties);
        return new Launch(classPath, "io.ternmq.namesrv.NameServerMain", jvmArguments, List.of("-c", file.toString()));
    }

    @Override
    public Launch broker(Path directory, BrokerSpec spec, List<String> jvmArguments) {
        Path file = PropertyFile.write(
                directory.resolve("broker.conf"),
                spec.properties(directory.resolve("store").toString()));
        return new Launch(classPath, "io.ternmq.broker.BrokerMain", jvmArguments, List.of("-c", file.toString()));
    }
}
