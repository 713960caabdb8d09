package io.ternmq.interop.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The official name server and broker, from their published artifacts.
 *
 * @param classPath of the release
 */
public record OfficialServers(String classPath) implements ServerKind {
    @Override
    public Launch nameServer(Path directory, int port, List<String> jvmArguments) {
        Map<String, String> properties = Map.of("listenPort", Integer.toString(port), "bindAddress", "127.0.0.1");
        return launch("org.apache.rocketmq.namesrv.NamesrvStartup", directory, "namesrv", properties, jvmArguments);
    }

    @Override
    public Launch broker(Path directory, BrokerSpec spec, List<String> jvmArguments) {
        Map<String, String> properties =
                spec.properties(directory.resolve("store").toString());
        return launch("org.apache.rocketmq.broker.BrokerStartup", directory, "broker", properties, jvmArguments);
    }

    private Launch launch(
            String mainClass, Path directory, String name, Map<String, String> properties, List<String> jvmArguments) {
        List<String> all = new ArrayList<>(jvmArguments);
        all.add("-Duser.home=" + directory.resolve("home")); // Logs and key-value settings go below it.
        all.add("-Djava.io.tmpdir=" + directory.resolve("home")); // Killed, it leaves its temporary files.
        all.add("-Drocketmq.home.dir=" + directory.resolve("home"));
        Path file = PropertyFile.write(directory.resolve(name + ".properties"), properties);
        return Launch.java(classPath, mainClass, all, List.of("-c", file.toString()));
    }
}
