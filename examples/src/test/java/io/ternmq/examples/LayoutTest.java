package io.ternmq.examples;

import io.ternmq.common.layout.ModuleLayout;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class LayoutTest {
    @TestFactory
    Stream<DynamicTest> moduleKeepsToItsLayout() {
        return ModuleLayout.of("examples")
                .room(
                        "examples",
                        "embedded",
                        "client.producer",
                        "client.consumer",
                        "client.consumer.listener",
                        "client.exception",
                        "common.message",
                        "remoting.protocol") // the exceptions that the SDK throws
                .tests();
    }
}
