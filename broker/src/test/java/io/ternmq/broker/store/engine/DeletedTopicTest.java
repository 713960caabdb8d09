package io.ternmq.broker.store.engine;

import static io.ternmq.broker.store.engine.StoreFixture.awaitDispatched;
import static io.ternmq.broker.store.engine.StoreFixture.bodies;
import static io.ternmq.broker.store.engine.StoreFixture.store;
import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.TopicQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic that was deleted stays so, although its messages stay in the log as long as their files do. */
class DeletedTopicTest {
    @TempDir
    private Path root;

    @Test
    void aDeletedTopicDoesNotComeBackWhenQueuesAreDerivedAgain() throws IOException {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            store(store, "Gone", 0, "a");
            store(store, "Gone", 3, "b");
            store(store, "Kept", 0, "c");
            awaitDispatched(store);
            store.deleteTopic("Gone");
        }
        loseWhatIsDerived();

        try (LocalMessageStore store = new StoreFixture(root).open()) {
            assertThat(store.recovery().records()).isEqualTo(3);
            assertThat(store.queues()).containsExactly(new TopicQueue("Kept", 0));
        }
    }

    @Test
    void aTopicMadeAgainHasOnlyItsNewMessagesWhenQueuesAreDerivedAgain() throws IOException {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            store(store, "T", 0, "old 0");
            store(store, "T", 0, "old 1");
            awaitDispatched(store);
            store.deleteTopic("T");
            assertThat(store(store, "T", 0, "new 0").queueOffset()).isZero();
        }
        loseWhatIsDerived();

        try (LocalMessageStore store = new StoreFixture(root).open()) {
            assertThat(bodies(store, "T", 0, 0)).containsExactly("new 0");
            assertThat(store(store, "T", 0, "new 1").queueOffset()).isEqualTo(1);
        }
    }

    @Test
    void queuesThatAKillLeftOfADeletedTopicAreRemoved() throws IOException {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            store(store, "Gone", 0, "a");
            store(store, "Gone", 1, "b");
        }
        Path saved = root.resolve("saved");
        Files.move(root.resolve("consumequeue"), saved);
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            store.deleteTopic("Gone");
        }
        Files.move(
                saved.resolve("Gone/1"),
                Files.createDirectories(root.resolve("consumequeue/Gone")).resolve("1"));

        try (LocalMessageStore store = new StoreFixture(root).open()) {
            assertThat(store.queues()).isEmpty();
        }
    }

    @Test
    void aQueueWithoutMessagesOfATopicThatWasNotDeletedStays() {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            store(store, "T", 0, "a");
        }
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            store.deleteTopic("Other");
        }

        try (LocalMessageStore store = new StoreFixture(root).open()) {
            assertThat(store.queues()).containsExactly(new TopicQueue("T", 0));
            assertThat(bodies(store, "T", 0, 0)).containsExactly("a");
        }
    }

    @Test
    void aListThatWasNotWrittenToItsEndCountsUpToThere() throws IOException {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            store(store, "Gone", 0, "a");
            store(store, "Kept", 0, "b");
            awaitDispatched(store);
            store.deleteTopic("Gone");
        }
        Files.write(root.resolve("droppedtopics"), new byte[] {0, 0, 0, 4, 0, 0}, StandardOpenOption.APPEND);

        try (LocalMessageStore store = new StoreFixture(root).open()) {
            store.deleteTopic("Kept"); // takes the place of what was torn
        }
        loseWhatIsDerived();

        try (LocalMessageStore store = new StoreFixture(root).open()) {
            assertThat(store.queues()).isEmpty();
        }
    }

    @Test
    void messagesSentAgainWhereALostEndOfTheLogWasBelongToTheTopicsNewLife() throws IOException {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            store(store, "Kept", 0, "a");
            store(store, "T", 0, "old 0");
            store(store, "T", 0, "old 1");
            awaitDispatched(store);
            store.deleteTopic("T");
        }
        loseLogFrom("old 0"); // as a power cut may under asynchronous flush

        try (LocalMessageStore store = new StoreFixture(root).open()) {
            assertThat(store.recovery().records()).isEqualTo(1);
            store(store, "T", 0, "new");
            awaitDispatched(store);
            assertThat(bodies(store, "T", 0, 0)).containsExactly("new");
        }
        loseWhatIsDerived();

        try (LocalMessageStore store = new StoreFixture(root).open()) {
            assertThat(bodies(store, "Kept", 0, 0)).containsExactly("a");
            assertThat(bodies(store, "T", 0, 0)).containsExactly("new");
        }
    }

    // From the second record on, which has this body.
    private void loseLogFrom(String body) throws IOException {
        Path segment = root.resolve("commitlog").resolve("0".repeat(20));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(segment));
        int second = bytes.getInt(0); // a record begins with its length
        assertThat(new String(bytes.array(), second, bytes.getInt(second), StandardCharsets.UTF_8))
                .contains(body);
        Arrays.fill(bytes.array(), second, bytes.capacity(), (byte) 0);
        Files.write(segment, bytes.array());
        Files.createFile(root.resolve("abort"));
    }

    private void loseWhatIsDerived() throws IOException {
        Files.createFile(root.resolve("abort"));
        Files.delete(root.resolve("checkpoint"));
        try (Stream<Path> paths = Files.walk(root.resolve("consumequeue"))) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }
}
