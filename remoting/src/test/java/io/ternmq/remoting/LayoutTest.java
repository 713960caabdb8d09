package io.ternmq.remoting;

import io.ternmq.common.layout.ModuleLayout;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class LayoutTest {
    @TestFactory
    Stream<DynamicTest> moduleKeepsToItsLayout() {
        return ModuleLayout.of("remoting")
                .room("remoting")
                .room("remoting.frame", "common..")
                .room("remoting.protocol", "remoting.frame", "common..")
                // what the bodies of several areas hold; an area imports no other area
                .room("remoting.protocol.body", "remoting.protocol", "remoting.frame", "common..")
                .room(
                        "remoting.protocol.*",
                        "remoting.protocol.body",
                        "remoting.protocol",
                        "remoting.frame",
                        "common..")
                .room("remoting.transport", "remoting.frame", "remoting.protocol", "common..")
                .room("remoting.server", "remoting.frame", "remoting.protocol", "remoting.transport", "common..")
                .room(
                        "remoting.client",
                        "remoting.frame",
                        "remoting.protocol",
                        "remoting.transport",
                        "remoting.server",
                        "common..")
                .library("remoting.frame", "io.netty..")
                .library("remoting.transport", "io.netty..")
                .library("remoting.server", "io.netty..")
                .library("remoting.client", "io.netty..")
                .tests();
    }
}
