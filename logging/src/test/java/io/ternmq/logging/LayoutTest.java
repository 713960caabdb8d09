package io.ternmq.logging;

import io.ternmq.common.layout.ModuleLayout;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class LayoutTest {
    @TestFactory
    Stream<DynamicTest> moduleKeepsToItsLayout() {
        return ModuleLayout.of("logging")
                .room("logging")
                .library("logging", "ch.qos.logback..")
                .tests();
    }
}
