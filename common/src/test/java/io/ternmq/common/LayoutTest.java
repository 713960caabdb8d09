package io.ternmq.common;

import io.ternmq.common.layout.ModuleLayout;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class LayoutTest {
    @TestFactory
    Stream<DynamicTest> moduleKeepsToItsLayout() {
        return ModuleLayout.of("common")
                .room("common")
                .room("common.message", "common.time") // unique ids carry the time
                .room("common.topic", "common.message")
                .room("common.config")
                .room("common.time")
                .room("common.work", "common.time")
                .room("common.lifecycle")
                .room("common.file")
                .room("common.json")
                .room("common.metrics")
                .tests();
    }
}
