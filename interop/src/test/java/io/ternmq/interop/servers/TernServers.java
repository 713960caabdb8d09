package io.ternmq.interop.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Our name server and broker, from a class path.
 *
 * @param classPath of our modules, with that for logging
 */
public record TernServers(String classPath) implements ServerKind {
    @Override
    public Launch nameServer(Path directory, int port, List<String> jvmArguments) {
        Map<String, String> properties = nameServerProperties(directory, port);
        return launch("io.ternmq.namesrv.NameServerMain", directory, "namesrv", properties, jvmArguments);
    }

    static Map<String, String> nameServerProperties(Path directory, int port) {
        return Map.of(
                "listenPort",
                Integer.toString(port),
                "bindAddress",
                "127.0.0.1",
                "kvConfigPath",
                directory.resolve("kvConfig.json").toString());
    }

    @Override
    public Launch broker(Path directory, BrokerSpec spec, List<String> jvmArguments) {
        Map<String, String> properties =
                spec.properties(directory.resolve("store").toString());
        return launch("io.ternmq.broker.BrokerMain", directory, "broker", properties, jvmArguments);
    }

    private Launch launch(
            String mainClass, Path directory, String name, Map<String, String> properties, List<String> jvmArguments) {
        List<String> all = new ArrayList<>(jvmArguments);
        all.add("-Dternmq.log.name=" + name);
        all.add("-Dternmq.log.dir=" + directory.resolve("logs"));
        Path file = PropertyFile.write(directory.resolve(name + ".properties"), properties);
        return Launch.java(classPath, mainClass, all, List.of("-c", file.toString()));
    }
}
