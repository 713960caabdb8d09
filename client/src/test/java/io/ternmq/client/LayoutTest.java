package io.ternmq.client;

import io.ternmq.common.layout.ModuleLayout;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class LayoutTest {
    /** What the rooms that users see stand on; they do not see each other. */
    private static final String[] CORE = {
        "client",
        "client.exception",
        "client.gateway",
        "client.route",
        "client.fault",
        "client.session",
        "client.hook",
        "remoting..",
        "common.."
    };

    @TestFactory
    Stream<DynamicTest> moduleKeepsToItsLayout() {
        return ModuleLayout.of("client")
                .room("client", "common..")
                .room("client.exception")
                .room("client.gateway", "client.exception", "remoting..", "common..")
                .room("client.route", "client.exception", "client.gateway", "remoting.protocol..", "common..")
                .room(
                        "client.session",
                        "client",
                        "client.exception",
                        "client.route",
                        "client.gateway",
                        "remoting.protocol..",
                        "common..")
                .room("client.fault", "common..")
                .room("client.hook", "common..")
                .room(
                        "client.trace",
                        "client",
                        "client.exception",
                        "client.route",
                        "client.gateway",
                        "client.session",
                        "client.hook",
                        "remoting.protocol..",
                        "common..")
                .room("client.producer", with(CORE, "client.trace"))
                .room("client.consumer", with(CORE, "client.trace", "client.consumer.*"))
                .room("client.consumer.listener", "common..")
                .room("client.consumer.offset", CORE)
                .room("client.consumer.pulling", with(CORE, "client.consumer.offset"))
                .room("client.consumer.rebalance", with(CORE, "client.consumer.offset", "client.consumer.pulling"))
                .room(
                        "client.consumer.consumption",
                        with(CORE, "client.consumer.listener", "client.consumer.offset", "client.consumer.pulling"))
                .room("client.admin", CORE)
                .room("client.transaction", "client.producer", "client", "client.gateway", "client.hook", "common..")
                .tests();
    }

    private static String[] with(String[] rooms, String... more) {
        return Stream.concat(Arrays.stream(rooms), Arrays.stream(more)).toArray(String[]::new);
    }
}
