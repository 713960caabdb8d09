package io.ternmq.namesrv;

import io.ternmq.common.layout.ModuleLayout;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class LayoutTest {
    @TestFactory
    Stream<DynamicTest> moduleKeepsToItsLayout() {
        return ModuleLayout.of("namesrv")
                .room("namesrv", "namesrv..", "remoting..", "common..")
                .room("namesrv.route", "remoting..", "common..")
                .room("namesrv.liveness", "namesrv.route", "remoting..", "common..")
                .room("namesrv.reach", "namesrv.route", "remoting..", "common..")
                .room("namesrv.kv", "remoting..", "common..")
                .tests();
    }
}
