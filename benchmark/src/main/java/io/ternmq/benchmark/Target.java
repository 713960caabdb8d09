package io.ternmq.benchmark;

import io.ternmq.interop.servers.ServerProcess;

/**
 * What is put under load. Owns its processes.
 *
 * @param nameServers that lead to it
 * @param brokerAddress where the broker itself is asked, such as {@code 127.0.0.1:10911}
 * @param broker the process whose use of the machine is measured
 * @param end ends all of its processes
 */
public record Target(String nameServers, String brokerAddress, ServerProcess broker, Runnable end)
        implements AutoCloseable {
    @Override
    public void close() {
        end.run();
    }
}
