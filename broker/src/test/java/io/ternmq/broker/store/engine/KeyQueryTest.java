package io.ternmq.broker.store.engine;

import static io.ternmq.broker.store.engine.StoreFixture.append;
import static io.ternmq.broker.store.engine.StoreFixture.awaitDispatched;
import static io.ternmq.broker.store.engine.StoreFixture.draft;
import static io.ternmq.broker.store.engine.StoreFixture.makeRoom;
import static io.ternmq.broker.store.engine.StoreFixture.refused;
import static io.ternmq.broker.store.engine.StoreFixture.stored;
import static io.ternmq.broker.store.file.FaultyFiles.under;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.KeyQuery;
import io.ternmq.broker.store.KeyQueryResult;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.file.FaultyFiles;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.time.FakeClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyQueryTest {
    @TempDir
    private Path root;

    private final FakeClock clock = new FakeClock();
    private final FaultyFiles files = new FaultyFiles();

    @Test
    void messagesAreFoundByEachOfTheirKeysAndByTheirUniqueKeyNewestFirst() {
        try (LocalMessageStore store = fixture().open()) {
            send(store, "T", "u1", "order pay", "first");
            send(store, "T", "u2", "order", "second");
            send(store, "T", "u3", "", "third");
            awaitDispatched(store);

            assertThat(found(store, "T", "order")).containsExactly("second", "first");
            assertThat(found(store, "T", "pay")).containsExactly("first");
            assertThat(found(store, "T", "u3")).containsExactly("third");
            assertThat(unique(store, "T", "u1")).containsExactly("first");
            assertThat(unique(store, "T", "order")).isEmpty();
            assertThat(found(store, "T", "nothing")).isEmpty();
            assertThat(found(store, "Other", "order")).isEmpty();
        }
    }

    @Test
    void aRecordWithTheSameWordTwiceIsFoundOnce() {
        try (LocalMessageStore store = fixture().open()) {
            send(store, "T", "same", "same same  same ", "x");
            awaitDispatched(store);

            assertThat(found(store, "T", "same")).containsExactly("x");
        }
    }

    @Test
    void eachMessageOfAUnitIsFound() {
        try (LocalMessageStore store = fixture().open()) {
            stored(append(store, keyed("%RETRY%g", "u1", "k", "a"), keyed("%RETRY%g", "u2", "k", "b")));
            awaitDispatched(store);

            assertThat(found(store, "%RETRY%g", "k")).containsExactly("b", "a");
            assertThat(unique(store, "%RETRY%g", "u2")).containsExactly("b");
        }
    }

    @Test
    void keysWhoseHashesAreTheSameAreToldApart() {
        assertThat("T#Aa".hashCode()).isEqualTo("T#BB".hashCode());
        try (LocalMessageStore store = fixture().open()) {
            send(store, "T", "u1", "Aa", "first");
            send(store, "T", "u2", "BB", "second");
            awaitDispatched(store);

            assertThat(found(store, "T", "Aa")).containsExactly("first");
            assertThat(found(store, "T", "BB")).containsExactly("second");
        }
    }

    @Test
    void keysAndTopicsOfAllScriptsAreFound() {
        try (LocalMessageStore store = fixture().open()) {
            send(store, "T", "u1", "Schlüssel 鍵", "x");
            awaitDispatched(store);

            assertThat(found(store, "T", "鍵")).containsExactly("x");
            assertThat(found(store, "T", "Schlüssel")).containsExactly("x");
        }
    }

    @Test
    void noMoreAreFoundThanWantedOrThanTheLimit() {
        try (LocalMessageStore store = fixture().with("maxMsgsNumBatch", "7").open()) {
            for (int i = 0; i < 20; i++) {
                send(store, "T", "u" + i, "k", "m" + i);
            }
            awaitDispatched(store);

            assertThat(found(store, query("T", "k", 3))).containsExactly("m19", "m18", "m17");
            assertThat(found(store, query("T", "k", 1000))).hasSize(7);
            assertThat(found(store, query("T", "k", 0))).isEmpty();
            assertThat(found(store, query("T", "k", -1))).isEmpty();
        }
    }

    @Test
    void theTimeAskedForCountsToTheMillisecond() {
        try (LocalMessageStore store = fixture().open()) {
            clock.advance(Duration.ofMillis(777));
            List<Long> times = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                send(store, "T", "u" + i, "k", "m" + i);
                times.add(clock.wallMillis());
                clock.advance(Duration.ofMillis(1400));
            }
            awaitDispatched(store);

            KeyQuery middle = new KeyQuery("T", "k", false, 64, times.get(3), times.get(5));
            assertThat(found(store, middle)).containsExactly("m5", "m4", "m3");
            KeyQuery between = new KeyQuery("T", "k", false, 64, times.get(3) + 1, times.get(5) - 1);
            assertThat(found(store, between)).containsExactly("m4");
            assertThat(found(store, new KeyQuery("T", "k", false, 64, times.get(9) + 1, Long.MAX_VALUE)))
                    .isEmpty();
            assertThat(found(store, new KeyQuery("T", "k", false, 64, 0, times.get(0) - 1)))
                    .isEmpty();
        }
    }

    @Test
    void fullFilesAreFollowedByOthersOfFullLengthAndOfficialNameAndAreSearchedToo() throws IOException {
        try (LocalMessageStore store = fixture().open()) {
            for (int i = 0; i < 500; i++) {
                clock.advance(Duration.ofSeconds(1));
                send(store, "T", "u" + i, "k" + i + " all", "m" + i);
            }
            awaitDispatched(store);

            for (int i = 0; i < 500; i++) {
                assertThat(found(store, "T", "k" + i)).containsExactly("m" + i);
            }
            assertThat(found(store, query("T", "all", 64))).hasSize(64).startsWith("m499", "m498");
        }
        List<Path> all = indexFiles();
        assertThat(all).hasSize(5).allSatisfy(file -> {
            assertThat(file.getFileName().toString()).matches("20[0-9]{15}|1970[0-9]{13}");
            assertThat(file).hasSize(40 + 97 * 4 + 301 * 20);
        });
    }

    @Test
    void theAnswerSaysHowFarTheIndexKnowsTheLog() {
        try (LocalMessageStore store = fixture().open()) {
            send(store, "T", "u1", "k", "a");
            long last = stored(append(store, keyed("T", "u2", "k", "b"))).positions()[0];
            awaitDispatched(store);

            KeyQueryResult result = store.query(query("T", "none", 1));

            assertThat(result.indexedPosition()).isEqualTo(last);
            assertThat(result.indexedMillis()).isEqualTo(clock.wallMillis());
            result.release();
        }
    }

    @Test
    void whatWasIndexedIsFoundAfterACleanStop() throws IOException {
        fill(700);
        try (LocalMessageStore store = fixture().open()) {
            assertAllFound(store, 700);
            send(store, "T", "u700", "k700", "m700");
            awaitDispatched(store);
            assertAllFound(store, 701);
        }
        try (LocalMessageStore store = fixture().open()) {
            assertAllFound(store, 701);
        }
    }

    @Test
    void withoutAnIndexNothingIsFoundAndNothingIsWritten() {
        try (LocalMessageStore store =
                fixture().with("messageIndexEnable", "false").open()) {
            send(store, "T", "u1", "k", "a");
            awaitDispatched(store);

            assertThat(found(store, "T", "k")).isEmpty();
        }
        assertThat(root.resolve("index")).doesNotExist();
        try (LocalMessageStore store = fixture().open()) {
            await().atMost(StoreFixture.PATIENCE)
                    .untilAsserted(() -> assertThat(found(store, "T", "k")).containsExactly("a"));
        }
    }

    @Test
    void anIndexThatIsMissingIsDerivedWhileTheStoreServesAndQueuesStayAsTheyWere() throws IOException {
        fill(700);
        try (LocalMessageStore store = fixture().open()) {
            send(store, "Gone", "g", "gone", "x");
            awaitDispatched(store);
            store.deleteTopic("Gone");
        }
        deleteIndex();

        try (LocalMessageStore store = fixture().open()) {
            send(store, "T", "u700", "k700", "m700");
            awaitAllFound(store, 701);
            assertThat(store.queues()).containsExactly(new TopicQueue("T", 0));
            assertThat(store.range(new TopicQueue("T", 0)).maxOffset()).isEqualTo(701);
        }
        try (LocalMessageStore store = fixture().open()) {
            assertAllFound(store, 701);
        }
    }

    @Test
    void aFullDiskUnderTheIndexRefusesSendsAndLosesNothing() {
        aFullDiskRefusesSendsAndLosesNothing(fixture(), "/index/", 7000);
    }

    @Test
    void aFullDiskUnderTheSlotsRefusesSendsAndLosesNothing() {
        // Slots enough for several pages, of which all but the first find no room.
        aFullDiskRefusesSendsAndLosesNothing(fixture().with("maxHashSlotNum", "5000"), "/index-slots", 0);
    }

    private void aFullDiskRefusesSendsAndLosesNothing(StoreFixture fixture, String where, long bytesLeft) {
        try (LocalMessageStore store = fixture.with(files).open()) {
            send(store, "T", "u0", "k0", "m0");
            awaitDispatched(store);
            files.leaveSpace(under(where), bytesLeft);
            int sent = 1;
            while (store.state().refusal().isEmpty()) {
                if (append(store, keyed("T", "u" + sent, "k" + sent, "m" + sent)) instanceof AppendOutcome.Stored) {
                    sent++;
                }
            }
            assertThat(refused(append(store, keyed("T", "u", "k", "m"))).reason())
                    .isEqualTo(Refusal.DISK_FULL);
            assertThat(store.state().refusal().orElseThrow().detail()).contains("key index");

            files.returnSpace();
            clock.advance(Duration.ofSeconds(2));
            store.keepUp();
            await().atMost(StoreFixture.PATIENCE)
                    .until(() -> store.state().refusal().isEmpty());
            awaitDispatched(store);
            assertAllFound(store, sent);
        }
    }

    @Test
    void indexFilesOfRemovedMessagesAreRemoved() throws IOException {
        try (LocalMessageStore store = fixture()
                .with(files)
                .with("diskFreeSpaceEnough", Long.toString(1L << 60))
                .open()) {
            for (int i = 0; i < 900; i++) {
                stored(append(store, keyed("T", "u" + i, "k" + i, "x".repeat(300))));
            }
            awaitDispatched(store);
            int before = indexFiles().size();
            clock.advance(Duration.ofSeconds(1));
            files.pretendUsed(1.0);
            makeRoom(store);

            assertThat(store.state().minPosition()).isPositive();
            assertThat(indexFiles()).hasSizeLessThan(before);
            assertThat(found(store, "T", "k0")).isEmpty();
            assertThat(found(store, "T", "k899")).hasSize(1);
        }
    }

    private void fill(int count) {
        try (LocalMessageStore store = fixture().open()) {
            for (int i = 0; i < count; i++) {
                send(store, "T", "u" + i, "k" + i, "m" + i);
            }
            awaitDispatched(store);
        }
    }

    private static void assertAllFound(LocalMessageStore store, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(found(store, "T", "k" + i)).containsExactly("m" + i);
            assertThat(unique(store, "T", "u" + i)).containsExactly("m" + i);
        }
    }

    private static void awaitAllFound(LocalMessageStore store, int count) {
        await().atMost(StoreFixture.PATIENCE).untilAsserted(() -> assertAllFound(store, count));
    }

    private void deleteIndex() throws IOException {
        for (Path file : indexFiles()) {
            Files.delete(file);
        }
    }

    private List<Path> indexFiles() throws IOException {
        try (Stream<Path> all = Files.list(root.resolve("index"))) {
            return all.sorted().toList();
        }
    }

    private static void send(LocalMessageStore store, String topic, String unique, String keys, String body) {
        stored(append(store, keyed(topic, unique, keys, body)));
    }

    private static MessageDraft keyed(String topic, String unique, String keys, String body) {
        String properties =
                "UNIQ_KEY\u0001" + unique + "\u0002" + (keys.isEmpty() ? "" : "KEYS\u0001" + keys + "\u0002");
        return draft(topic, 0, properties, body.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyQuery query(String topic, String key, int countMax) {
        return new KeyQuery(topic, key, false, countMax, 0, Long.MAX_VALUE);
    }

    private static List<String> found(LocalMessageStore store, String topic, String key) {
        return found(store, query(topic, key, 64));
    }

    private static List<String> unique(LocalMessageStore store, String topic, String key) {
        return found(store, new KeyQuery(topic, key, true, 64, 0, Long.MAX_VALUE));
    }

    private static List<String> found(LocalMessageStore store, KeyQuery query) {
        KeyQueryResult result = store.query(query);
        try {
            List<String> bodies = new ArrayList<>();
            MessageRecord record = new MessageRecord();
            for (ByteBuffer bytes : result.records()) {
                assertThat(record.wrap(bytes) && record.isIntact()).isTrue();
                bodies.add(StandardCharsets.UTF_8.decode(record.body()).toString());
            }
            return bodies;
        } finally {
            result.release();
        }
    }

    private StoreFixture fixture() {
        return new StoreFixture(root).with(clock);
    }
}
