package io.ternmq.broker.store.engine;

import static io.ternmq.broker.store.engine.StoreFixture.awaitDispatched;
import static io.ternmq.broker.store.engine.StoreFixture.bodies;
import static io.ternmq.broker.store.engine.StoreFixture.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.TopicQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What very many queues cost in open files and mappings, which the machine limits: as good as nothing. */
class ManyQueuesTest {
    private static final int QUEUES = Boolean.getBoolean("ternmq.long") ? 10_000 : 400;
    private static final int OPEN_MAX = 16;

    /** Of the log, the index, the lock and the like, whatever the number of queues. */
    private static final int OTHERS_MAX = 16;

    @TempDir
    private Path root;

    @Test
    void filesAndMappingsStayBoundedHoweverManyQueuesAreWrittenReadAndOpened() throws IOException {
        try (LocalMessageStore store = fixture().open()) {
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < QUEUES; i++) {
                    store(store, "T" + i / 8, i % 8, "m" + round);
                }
            }
            awaitDispatched(store);
            for (int i = 0; i < QUEUES; i += 7) {
                assertThat(bodies(store, "T" + i / 8, i % 8, 0)).containsExactly("m0", "m1");
            }
            assertBounded();
        }
        try (LocalMessageStore store = fixture().open()) {
            assertThat(store.queues()).hasSize(QUEUES);
            for (int i = 0; i < QUEUES; i++) {
                assertThat(store.range(new TopicQueue("T" + i / 8, i % 8))).isEqualTo(new QueueRange(0, 2));
            }
            assertBounded();
        }
        assertFullLength();
    }

    private void assertBounded() throws IOException {
        Path self = Path.of("/proc/self");
        assumeTrue(Files.isDirectory(self.resolve("fd")), "this machine does not tell what is open");
        assertThat(countOf(self.resolve("fd"), path -> isOurs(linkOf(path))))
                .isLessThanOrEqualTo(OPEN_MAX + OTHERS_MAX);
        try (Stream<String> maps = Files.lines(self.resolve("maps"))) {
            assertThat(maps.filter(this::isOurs).count()).isLessThanOrEqualTo(OTHERS_MAX);
        }
    }

    // A broker of another make stops at a queue file that is short.
    private void assertFullLength() throws IOException {
        try (Stream<Path> all = Files.walk(root.resolve("consumequeue"))) {
            assertThat(all.filter(Files::isRegularFile)).hasSize(QUEUES).allSatisfy(file -> {
                assertThat(file).hasFileName("0".repeat(20));
                assertThat(file).hasSize(2000);
            });
        }
    }

    private boolean isOurs(String text) {
        return text.contains(root.toString());
    }

    private static String linkOf(Path path) {
        try {
            return Files.readSymbolicLink(path).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    private static long countOf(Path directory, Predicate<Path> which) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(which).count();
        }
    }

    private StoreFixture fixture() {
        return new StoreFixture(root)
                .with("queueHandlesMax", Integer.toString(OPEN_MAX))
                .with("mappedFileSizeCommitLog", "1048576");
    }
}
