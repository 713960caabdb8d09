package io.ternmq.embedded;

import io.ternmq.common.layout.ModuleLayout;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class LayoutTest {
    @TestFactory
    Stream<DynamicTest> moduleKeepsToItsLayout() {
        return ModuleLayout.of("embedded")
                .room("embedded", "namesrv", "broker", "broker.store", "remoting..", "common..")
                .library("embedded", "org.junit.jupiter.api..")
                .tests();
    }
}
