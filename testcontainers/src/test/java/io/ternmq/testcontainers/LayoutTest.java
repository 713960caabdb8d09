package io.ternmq.testcontainers;

import io.ternmq.common.layout.ModuleLayout;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class LayoutTest {
    @TestFactory
    Stream<DynamicTest> moduleKeepsToItsLayout() {
        return ModuleLayout.of("testcontainers")
                .room("testcontainers")
                .library("testcontainers", "org.testcontainers..", "com.github.dockerjava..")
                .tests();
    }
}
