package io.ternmq.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ternmq.broker.Broker;
import io.ternmq.broker.BrokerConfig;
import io.ternmq.client.producer.DefaultMQProducer;
import io.ternmq.client.producer.SendStatus;
import io.ternmq.common.config.Settings;
import io.ternmq.common.message.Message;
import io.ternmq.common.time.Clock;
import io.ternmq.namesrv.NameServer;
import io.ternmq.namesrv.NameServerConfig;
import io.ternmq.remoting.client.ClientConfig;
import io.ternmq.remoting.client.RemotingClient;
import io.ternmq.remoting.server.RequestRouter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A broker with several addresses, and a name server that tells each client the one of its network. */
final class AdvertisedListenersIT {
    private static final String WATCH = "io.ternmq.broker.route.AddressWatch";

    @TempDir
    private Path directory;

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private NameServer nameServer;
    private int port;

    @BeforeEach
    void start() throws IOException {
        lines.start();
        watchLogger().addAppender(lines);
        nameServer = NameServer.start(NameServerConfig.from(Settings.of(Map.of(
                "bindAddress",
                "127.0.0.1",
                "listenPort",
                "0",
                "listenerPorts",
                "outside:0",
                "kvConfigPath",
                directory.resolve("kv.json").toString()))));
        port = freePort();
    }

    @AfterEach
    void stop() {
        nameServer.close();
        watchLogger().detachAppender(lines);
    }

    @Test
    void eachClientIsToldTheAddressOfItsListenerAndCanSend() throws Exception {
        try (Broker broker = broker("inside://127.0.0.1:" + port + ",outside://localhost:" + port)) {
            assertThat(broker.address()).isEqualTo("127.0.0.1:" + port);
            assertThat(check(nameServer.port())).contains("broker-a 0 127.0.0.1:" + port + ": reached");
            assertThat(check(outside())).contains("broker-a 0 localhost:" + port + ": reached");

            DefaultMQProducer producer = new DefaultMQProducer("listeners");
            producer.setNamesrvAddr("127.0.0.1:" + outside());
            producer.start();
            try {
                assertThat(producer.send(new Message("T", new byte[1])).getSendStatus())
                        .isEqualTo(SendStatus.SEND_OK);
            } finally {
                producer.shutdown();
            }
            assertThat(warnings()).isEmpty(); // the name server has dialled the broker by now, and reached it
        }
    }

    @Test
    void addressThatLeadsNowhereIsSaidLoudlyWithTheFix() throws Exception {
        int unused = freePort();
        try (Broker broker = broker("inside://127.0.0.1:" + unused + ",outside://127.0.0.1:" + port)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !warnings().isEmpty());

            assertThat(warnings())
                    .singleElement()
                    .asString()
                    .startsWith("CLIENTS CANNOT REACH THIS BROKER at 127.0.0.1:" + unused)
                    .contains("brokerIP1", "advertisedListeners");
            assertThat(check(nameServer.port())).contains("127.0.0.1:" + unused + ": NOT REACHED");
            assertThat(check(outside())).contains("127.0.0.1:" + port + ": reached");
            assertThat(broker.port()).isEqualTo(port);
        }
    }

    @Test
    void checkSaysThatNoNameServerOrNoBrokerIsThere() throws Exception {
        assertThat(check(nameServer.port())).contains("tells of 0 brokers", "No broker is registered");
        assertThat(check(freePort())).contains("NOT REACHED");
    }

    private Broker broker(String listeners) throws IOException {
        return Broker.start(
                BrokerConfig.from(Settings.of(Map.of(
                        "bindAddress",
                        "127.0.0.1",
                        "listenPort",
                        Integer.toString(port),
                        "vipChannelEnable",
                        "false",
                        "brokerName",
                        "broker-a",
                        "advertisedListeners",
                        listeners,
                        "mappedFileSizeCommitLog",
                        "1048576",
                        "storePathRootDir",
                        directory.resolve("store").toString(),
                        "namesrvAddr",
                        "127.0.0.1:" + nameServer.port()))),
                Clock.system());
    }

    private String check(int nameServerPort) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RemotingClient client = new RemotingClient(ClientConfig.defaults(), RequestRouter.none());
                PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            boolean isWell = new ReachCheck(client, printed).run("127.0.0.1:" + nameServerPort);
            String text = out.toString(StandardCharsets.UTF_8);
            assertThat(isWell).isEqualTo(!text.contains("NOT REACHED") && !text.contains(" 0 brokers"));
            return text;
        }
    }

    private List<String> warnings() {
        return List.copyOf(lines.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private int outside() {
        return nameServer.port("outside").orElseThrow();
    }

    private static Logger watchLogger() {
        return (Logger) LoggerFactory.getLogger(WATCH);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
