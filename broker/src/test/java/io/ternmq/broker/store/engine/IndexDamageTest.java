package io.ternmq.broker.store.engine;

import static io.ternmq.broker.store.engine.StoreFixture.append;
import static io.ternmq.broker.store.engine.StoreFixture.awaitDispatched;
import static io.ternmq.broker.store.engine.StoreFixture.draft;
import static io.ternmq.broker.store.engine.StoreFixture.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.broker.store.KeyQuery;
import io.ternmq.broker.store.KeyQueryResult;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.common.seeds.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store makes of index files that were damaged, or that a killed process left. */
class IndexDamageTest {
    private static final int MESSAGES = 400; // of two keys each: three files
    private static final int SLOTS_AT = 40;

    @TempDir
    private Path scratch;

    private Path root;

    @BeforeEach
    void fill() {
        root = scratch.resolve("store");
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            for (int i = 0; i < MESSAGES; i++) {
                send(store, i);
            }
            awaitDispatched(store);
        }
    }

    @Test
    void theFilesOfAKilledProcessAreGoneOnWith() throws IOException {
        try (LocalMessageStore store = new StoreFixture(root).open()) {
            for (int i = MESSAGES; i < MESSAGES + 300; i++) {
                send(store, i);
            }
            awaitDispatched(store);
            StoreFixture.copy(root, scratch.resolve("killed"));
        }
        root = scratch.resolve("killed");
        assertThat(slotFiles()).hasSize(1);

        assertAllFound(MESSAGES + 300);
        assertThat(slotFiles()).isEmpty();
    }

    private List<String> slotFiles() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("index-slots"))
                    .toList();
        }
    }

    @Test
    void aMissingFileIsDerivedAgainWhicheverItIs() throws IOException {
        int count = files().size();
        for (int i = 0; i < count; i++) {
            Files.delete(files().get(i));

            assertAllFound(MESSAGES);
        }
    }

    @Test
    void aFileCutShortIsDerivedAgain() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (FileChannel file = FileChannel.open(files().get(i), StandardOpenOption.WRITE)) {
                file.truncate(1000);
            }
            assertAllFound(MESSAGES);
        }
    }

    @Test
    void aHeaderThatLiesIsNotBelieved() throws IOException {
        for (int i = 0; i < 3; i++) {
            write(files().get(i), 0, new byte[40]);
            assertAllFound(MESSAGES);
            write(files().get(i), 16, longBytes(Long.MAX_VALUE));
            assertAllFound(MESSAGES);
            write(files().get(i), 36, new byte[] {0x7F, 0, 0, 0});
            assertAllFound(MESSAGES);
        }
    }

    @Test
    void slotsOfTheNewestFileThatLieAreDerivedAgain() throws IOException {
        Path newest = files().get(2);
        write(newest, SLOTS_AT + 11 * 4, new byte[] {0x7F, 0, 0, 0});

        assertAllFound(MESSAGES);
        write(newest, SLOTS_AT, new byte[97 * 4]);
        assertAllFound(MESSAGES);
    }

    @Seeds(count = 40)
    void noDamageHarmsMoreThanWhatIsFound(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            byte[] bytes = new byte[1 + random.nextInt(64)];
            random.nextBytes(bytes);
            Path file = files().get(random.nextInt(3));
            write(file, random.nextInt((int) Files.size(file) - bytes.length), bytes);
        }

        try (LocalMessageStore store = new StoreFixture(root).open()) {
            send(store, MESSAGES);
            awaitDispatched(store);
            assertThat(store.range(new TopicQueue("T", 0))).isEqualTo(new QueueRange(0, MESSAGES + 1));
            for (int i = 0; i < MESSAGES; i++) {
                assertThat(count(store, "k" + i)).isLessThanOrEqualTo(1);
            }
            assertThat(count(store, "all")).isLessThanOrEqualTo(64);
        }
    }

    @Test
    void filesOfAnotherSizeAreDerivedAgain() {
        assertAllFound(new StoreFixture(root).with("maxHashSlotNum", "50"), MESSAGES);
        assertAllFound(new StoreFixture(root).with("maxIndexNum", "1000"), MESSAGES);
    }

    @Test
    void whatIsNoIndexFileIsLeftAlone() throws IOException {
        Path note = Files.writeString(root.resolve("index/readme"), "mine");

        assertAllFound(MESSAGES);
        assertThat(note).hasContent("mine");
    }

    private void assertAllFound(int count) {
        assertAllFound(new StoreFixture(root), count);
    }

    private static void assertAllFound(StoreFixture fixture, int count) {
        try (LocalMessageStore store = fixture.open()) {
            await().atMost(StoreFixture.PATIENCE)
                    .until(() -> IntStream.range(0, count)
                            .allMatch(i -> count(store, "k" + i) == 1 && count(store, "u" + i) == 1));
            assertThat(store.range(new TopicQueue("T", 0))).isEqualTo(new QueueRange(0, count));
        }
    }

    private static int count(LocalMessageStore store, String key) {
        KeyQueryResult result = store.query(new KeyQuery("T", key, false, 64, 0, Long.MAX_VALUE));
        try {
            return result.records().size();
        } finally {
            result.release();
        }
    }

    private static void send(LocalMessageStore store, int number) {
        String properties = "UNIQ_KEY\u0001u" + number + "\u0002KEYS\u0001k" + number + "\u0002";
        stored(append(store, draft("T", 0, properties, ("m" + number).getBytes(StandardCharsets.UTF_8))));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(root.resolve("index"))) {
            return all.filter(file -> file.getFileName().toString().matches("[0-9]{17}"))
                    .sorted()
                    .toList();
        }
    }

    private static void write(Path path, long position, byte[] bytes) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(bytes), position);
        }
    }

    private static byte[] longBytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
