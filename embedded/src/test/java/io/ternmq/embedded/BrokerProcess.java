package io.ternmq.embedded;

import io.ternmq.broker.BrokerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A broker in a process of its own, for what only a process can suffer. Killed at close. */
final class BrokerProcess implements AutoCloseable {
    private final String name;
    private final Path directory;
    private final int nameServerPort;
    private Process process;

    BrokerProcess(String name, Path directory, int nameServerPort) throws IOException {
        this.name = name;
        this.directory = directory;
        this.nameServerPort = nameServerPort;
        start();
    }

    /** Begins a process; the broker is ready some time later, on a port that the system chooses. */
    void start() throws IOException {
        Path config = Files.writeString(
                directory.resolve(name + ".conf"),
                String.join(
                        "\n",
                        "brokerName=" + name,
                        "brokerClusterName=DefaultCluster",
                        "bindAddress=127.0.0.1",
                        "brokerIP1=127.0.0.1",
                        "listenPort=0",
                        "vipChannelEnable=false",
                        "namesrvAddr=127.0.0.1:" + nameServerPort,
                        "mappedFileSizeCommitLog=" + 16 * 1024 * 1024,
                        "mappedFileSizeConsumeQueue=200000",
                        "storePathRootDir=" + directory.resolve(name),
                        ""));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerMain.class.getName(),
                        "-c",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".out").toFile())
                .start();
    }

    /** Ends it at once, with nothing flushed or said. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(30, TimeUnit.SECONDS);
    }

    /** Stops it where it is; its connections stay open and nothing answers. */
    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly(); // which ends a stopped process too
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int code = new ProcessBuilder(List.of("kill", signal, Long.toString(process.pid())))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("kill " + signal + " " + process.pid() + " ended with " + code);
        }
    }
}
