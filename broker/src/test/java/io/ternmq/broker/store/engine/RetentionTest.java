package io.ternmq.broker.store.engine;

import static io.ternmq.broker.store.engine.StoreFixture.awaitDispatched;
import static io.ternmq.broker.store.engine.StoreFixture.bodies;
import static io.ternmq.broker.store.engine.StoreFixture.makeRoom;
import static io.ternmq.broker.store.engine.StoreFixture.refused;
import static io.ternmq.broker.store.engine.StoreFixture.store;
import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.MessageFilter;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.ReadRequest;
import io.ternmq.broker.store.ReadResult;
import io.ternmq.broker.store.ReadResult.Status;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.file.FaultyFiles;
import io.ternmq.common.time.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final TopicQueue QUEUE = new TopicQueue("T", 0);
    private static final long SEGMENT_BYTES = 65_536; // of the fixture

    @TempDir
    private Path root;

    private final FakeClock clock = new FakeClock();
    private final FaultyFiles files = new FaultyFiles();

    @Test
    void whatIsOldEnoughIsRemovedWithItsQueueEntriesAndReadersAreToldWhereToGoOn() {
        try (LocalMessageStore store = fixture().open()) {
            fill(store, 400);
            clock.advance(Duration.ofHours(50));
            fill(store, 400);
            clock.advance(Duration.ofHours(30));

            makeRoom(store);

            long min = store.state().minPosition();
            assertThat(min).isPositive();
            QueueRange range = store.range(QUEUE);
            assertThat(range.minOffset()).isBetween(300L, 400L);
            assertThat(range.maxOffset()).isEqualTo(800);
            ReadResult result = store.read(new ReadRequest(QUEUE, 0, 32, 1 << 18, MessageFilter.ALL));
            result.release();
            assertThat(result.status()).isEqualTo(Status.BEFORE_START);
            assertThat(result.nextOffset()).isEqualTo(range.minOffset());
            assertThat(bodies(store, "T", 0, range.minOffset())).hasSize((int) (800 - range.minOffset()));
            assertThat(store.readRecord(0, bytes -> bytes)).isEmpty();
        }
        try (LocalMessageStore store = fixture().open()) {
            assertThat(store.range(QUEUE).maxOffset()).isEqualTo(800);
            assertThat(store.range(QUEUE).minOffset()).isBetween(300L, 400L);
            assertThat(store(store, "T", 0, "next").queueOffset()).isEqualTo(800);
        }
    }

    @Test
    void theLastFileStaysHoweverOldAndTheNumbersOfAnEmptiedQueueGoOn() {
        try (LocalMessageStore store = fixture().open()) {
            store(store, "Old", 0, "gone");
            fill(store, 800);
            clock.advance(Duration.ofHours(1000));
            makeRoom(store);

            assertThat(store.range(new TopicQueue("Old", 0))).isEqualTo(new QueueRange(1, 1));
            assertThat(bodies(store, "T", 0, store.range(QUEUE).minOffset())).isNotEmpty();
            assertThat(store(store, "Old", 0, "new").queueOffset()).isEqualTo(1);
            awaitDispatched(store);
            assertThat(bodies(store, "Old", 0, 1)).containsExactly("new");
        }
    }

    @Test
    void anEmptiedQueueOfATopicThatWasMadeAgainKeepsItsRangeOverAStart() {
        TopicQueue again = new TopicQueue("Again", 0);
        try (LocalMessageStore store = fixture().open()) {
            store(store, "Again", 0, "of its first life");
            awaitDispatched(store);
            store.deleteTopic("Again");
            store(store, "Again", 0, "0");
            store(store, "Again", 0, "1");
            fill(store, 800);
            store.deleteTopic("Other"); // so that the list of deleted topics outlives the messages
            clock.advance(Duration.ofHours(1000));
            makeRoom(store);
            assertThat(store.range(again)).isEqualTo(new QueueRange(2, 2));
        }

        try (LocalMessageStore store = fixture().open()) {
            assertThat(store.range(again)).isEqualTo(new QueueRange(2, 2));
            assertThat(store(store, "Again", 0, "2").queueOffset()).isEqualTo(2);
        }
    }

    @Test
    void nothingIsRemovedOutsideTheSetHour() {
        try (LocalMessageStore store = outsideTheHour().open()) {
            fill(store, 800);
            clock.advance(Duration.ofDays(10));
            makeRoom(store);
            assertThat(store.state().minPosition()).isZero();

            clock.advance(Duration.ofHours(12));
            makeRoom(store);
            assertThat(store.state().minPosition()).isPositive();
        }
    }

    @Test
    void aDiskThatFillsUpLosesWhatIsOldEnoughAtAnyHour() {
        try (LocalMessageStore store =
                outsideTheHour().with("diskMaxUsedSpaceRatio", "75").open()) {
            fill(store, 400);
            clock.advance(Duration.ofDays(10));
            fill(store, 400);
            files.pretendUsed(0.74);
            makeRoom(store);
            assertThat(store.state().minPosition()).isZero();

            files.pretendUsed(0.76);
            makeRoom(store);

            assertThat(store.state().minPosition()).isPositive();
            assertThat(store.range(QUEUE).minOffset()).isLessThanOrEqualTo(400);
            assertThat(store.state().refusal()).isEmpty();
        }
    }

    @Test
    void withEnoughBytesFreeNoPartOfTheDiskIsTooMuch() {
        try (LocalMessageStore store =
                outsideTheHour().with("diskFreeSpaceEnough", "0").open()) {
            fill(store, 800);
            clock.advance(Duration.ofDays(10));
            files.pretendUsed(0.99);
            makeRoom(store);

            assertThat(store.state().minPosition()).isZero();
            assertThat(store.state().refusal()).isEmpty();
        }
    }

    @Test
    void theRemarksOfAFullDiskAndOfAStoreThatClosesTellThemApart() {
        LocalMessageStore store = fixture().open();
        try (store) {
            files.pretendUsed(0.97);
            store.keepUp();

            assertThat(refused(StoreFixture.append(store, StoreFixture.draft("T", 0, "x")))
                            .detail())
                    .contains("disk")
                    .contains("97 percent")
                    .contains("diskSpaceWarningLevelRatio");
        }
        assertThat(refused(StoreFixture.append(store, StoreFixture.draft("T", 0, "x"))))
                .satisfies(refused -> {
                    assertThat(refused.reason()).isEqualTo(Refusal.CLOSING);
                    assertThat(refused.detail()).doesNotContain("disk");
                });
    }

    @Test
    void aDiskUsedTooMuchLosesItsOldestFilesWhateverTheirAgeAndRefusesSends() {
        try (LocalMessageStore store = fixture().open()) {
            fill(store, 800);
            clock.advance(Duration.ofSeconds(1));
            files.pretendUsed(0.97);
            makeRoom(store);

            assertThat(store.state().minPosition()).isPositive();
            assertThat(refused(StoreFixture.append(store, StoreFixture.draft("T", 0, "x")))
                            .reason())
                    .isEqualTo(Refusal.DISK_FULL);
            assertThat(bodies(store, "T", 0, store.range(QUEUE).minOffset())).isNotEmpty();

            files.pretendUsed(0.10);
            makeRoom(store);
            assertThat(store(store, "T", 0, "x").queueOffset()).isEqualTo(800);
        }
    }

    @Test
    void aReaderThatHoldsRecordsOfARemovedFileKeepsThem() {
        try (LocalMessageStore store = fixture().open()) {
            fill(store, 100);
            ReadResult held = store.read(new ReadRequest(QUEUE, 0, 32, 1 << 18, MessageFilter.ALL));
            fill(store, 800);
            clock.advance(Duration.ofHours(1000));

            makeRoom(store);

            assertThat(store.state().minPosition()).isPositive();
            assertThat(held.records())
                    .hasSize(32)
                    .allSatisfy(record -> assertThat(record.getInt(0)).isEqualTo(record.remaining()));
            held.release();
            held.release();
        }
    }

    @Test
    void aStoreWhoseNotedRecordIsDamagedCanStillBeEmptied() throws IOException {
        long last = 0;
        try (LocalMessageStore store = fixture().open()) {
            while (last < SEGMENT_BYTES) {
                last = store(store, "T", 0, "x".repeat(400)).positions()[0];
            }
        }
        assertThat(last).isEqualTo(SEGMENT_BYTES); // the first of its file, and no other is looked at
        Path file = root.resolve("commitlog").resolve(String.format(Locale.ROOT, "%020d", SEGMENT_BYTES));
        byte[] bytes = Files.readAllBytes(file);
        bytes[100] ^= 1;
        Files.write(file, bytes);
        files.pretendUsed(1.0);

        try (LocalMessageStore store = fixture().open()) {
            assertThat(store.state().minPosition()).isEqualTo(SEGMENT_BYTES);
        }
    }

    private static void fill(LocalMessageStore store, int count) {
        for (int i = 0; i < count; i++) {
            store(store, "T", 0, "x".repeat(400));
        }
        awaitDispatched(store);
    }

    private StoreFixture outsideTheHour() {
        int now = Instant.ofEpochMilli(clock.wallMillis())
                .atZone(ZoneId.systemDefault())
                .getHour();
        return fixture().with("deleteWhen", Integer.toString((now + 12) % 24));
    }

    private StoreFixture fixture() {
        return new StoreFixture(root)
                .with(files)
                .with(clock)
                .with("deleteWhen", hours())
                .with("diskFreeSpaceEnough", Long.toString(1L << 60))
                .with("diskSpaceWarningLevelRatio", "95")
                .with("diskSpaceCleanForciblyRatio", "95");
    }

    private static String hours() {
        StringBuilder all = new StringBuilder("00");
        for (int hour = 1; hour < 24; hour++) {
            all.append(';').append(hour);
        }
        return all.toString();
    }
}
