package io.ternmq.broker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import io.ternmq.common.layout.ModuleLayout;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class LayoutTest {
    /** What floors 2 and 3 stand on. */
    private static final String[] LOWER_FLOORS = {
        "broker.store",
        "broker.topic",
        "broker.group",
        "broker.offset",
        "broker.session",
        "broker.filter",
        "broker.traffic",
        "broker.repeat",
        "remoting..",
        "common.."
    };

    @TestFactory
    Stream<DynamicTest> moduleKeepsToItsLayout() {
        return ModuleLayout.of("broker")
                .room("broker", "broker..", "remoting..", "common..")
                // floor 0: the store; imports common alone, so that it can become a module
                .room("broker.store", "common..")
                .room("broker.store.file", "common..")
                .room("broker.store.log", "broker.store", "broker.store.file", "common..")
                .room("broker.store.queue", "broker.store", "broker.store.file", "common..")
                .room("broker.store.index", "broker.store", "broker.store.file", "common..")
                .room("broker.store.dispatch", "broker.store", "broker.store.log", "common..")
                .room("broker.store.engine", "broker.store..", "common..")
                // floor 1
                .room("broker.topic", "remoting..", "common..")
                .room("broker.group", "remoting..", "common..")
                .room("broker.offset", "remoting..", "common..")
                .room("broker.session", "broker.group", "remoting..", "common..")
                .room("broker.filter.sql", "common..")
                .room("broker.filter", "broker.store", "broker.filter.sql", "common..")
                .room("broker.traffic", "common..")
                .room("broker.repeat", "broker.store", "common..")
                // floor 2
                .room("broker.send", LOWER_FLOORS)
                .room("broker.retry", LOWER_FLOORS)
                .room("broker.pull", LOWER_FLOORS)
                .room("broker.query", LOWER_FLOORS)
                .room("broker.reset", LOWER_FLOORS)
                .room("broker.relay", LOWER_FLOORS)
                .room("broker.delay", LOWER_FLOORS)
                .room("broker.transaction", LOWER_FLOORS)
                // floor 3
                .room("broker.route", LOWER_FLOORS)
                .room("broker.replication", "broker.store", "remoting..", "common..")
                .room("broker.auth", LOWER_FLOORS)
                .room("broker.metrics", LOWER_FLOORS)
                .room("broker.admin", LOWER_FLOORS)
                .library("broker.store.engine", "com.sun.management") // of the JDK: how much memory there is
                .library("broker.store.queue", "com.sun.management") // how many files there may be
                .rule(onlyStoreFileTouchesFiles())
                .tests();
    }

    private static ArchRule onlyStoreFileTouchesFiles() {
        return noClasses()
                .that()
                .resideInAPackage("io.ternmq.broker.store..")
                .and()
                .resideOutsideOfPackage("io.ternmq.broker.store.file")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.nio\\.file\\.Files"
                        + "|java\\.nio\\.MappedByteBuffer"
                        + "|java\\.nio\\.channels\\.(File|AsynchronousFile)Channel"
                        + "|java\\.io\\.(File|RandomAccessFile|File(Input|Output)Stream|File(Reader|Writer))")
                .as("only store.file touches files in the store");
    }
}
