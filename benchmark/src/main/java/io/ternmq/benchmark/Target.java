package io.ternmq.benchmark;

import io.ternmq.interop.servers.ServerProcess;

/**
 * What is put under load. Owns its processes.
 *
 * @param nameServers that lead to it
 * @param broker the process whose use of the machine is measured
 * @param end ends all of its processes
 */
public record Target(String nameServers, ServerProcess broker, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
        end.run();
    }
}
