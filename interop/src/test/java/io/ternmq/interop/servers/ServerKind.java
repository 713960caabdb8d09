package io.ternmq.interop.servers;

import java.nio.file.Path;
import java.util.List;

/** How a name server and a broker of one make are started. */
public interface ServerKind {
    Launch nameServer(Path directory, int port, List<String> jvmArguments);

    Launch broker(Path directory, BrokerSpec spec, List<String> jvmArguments);
}
