package io.ternmq.client;

import io.ternmq.common.layout.ModuleLayout;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class LayoutTest {
    /** What the rooms that users see stand on; they do not see each other. */
    private static final String[] CORE = {
        "client", "client.gateway", "client.route", "client.session", "client.hook", "remoting..", "common.."
    };

    @TestFactory
    Stream<DynamicTest> moduleKeepsToItsLayout() {
        return ModuleLayout.of("client")
                .room("client", "remoting..", "common..")
                .room("client.gateway", "client", "remoting..", "common..")
                .room("client.route", "client", "client.gateway", "common..")
                .room("client.session", "client", "client.route", "client.gateway", "common..")
                .room("client.hook", "common..")
                .room("client.producer", CORE)
                .room("client.consumer", CORE)
                .room("client.admin", CORE)
                .room("client.transaction", "client.producer", "client", "client.gateway", "client.hook", "common..")
                .tests();
    }
}
