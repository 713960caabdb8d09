package io.ternmq.broker.store.engine;

import static io.ternmq.broker.store.engine.DamagedStore.MESSAGES;
import static io.ternmq.broker.store.engine.DamagedStore.SEGMENT;
import static io.ternmq.broker.store.engine.StoreFixture.append;
import static io.ternmq.broker.store.engine.StoreFixture.awaitDispatched;
import static io.ternmq.broker.store.engine.StoreFixture.bodies;
import static io.ternmq.broker.store.engine.StoreFixture.draft;
import static io.ternmq.broker.store.engine.StoreFixture.store;
import static io.ternmq.broker.store.engine.StoreFixture.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.TimeBoundary;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.engine.RecoveryReport.Cut;
import io.ternmq.broker.store.log.Hole;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start makes of each kind of damage in the log, and what it says about it. */
class DamagedLogTest {
    private static final int BAD = 40; // in the second segment
    private static final int BODY = 90; // of each record, a byte of its body

    @TempDir
    private Path root;

    private DamagedStore damaged;

    @BeforeEach
    void write() throws IOException {
        damaged = new DamagedStore(root, false);
    }

    @Test
    void aLogWithoutDamageIsReportedAsSuch() {
        try (LocalMessageStore store = damaged.open()) {
            RecoveryReport report = store.recovery();

            assertThat(report.isClean()).isFalse();
            assertThat(report.end()).isEqualTo(damaged.end());
            assertThat(report.forced()).hasValue(damaged.end());
            assertThat(report.holes()).isEmpty();
            assertThat(report.cut()).isEmpty();
            assertThat(report.rederived()).isEmpty();
            assertThat(report.scannedFrom()).isEqualTo(damaged.positionOf(MESSAGES - 1));
            assertThat(report.records()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 30, 86, BODY}) // size, magic, own position, length of the body, body
    void aBadRecordBelowTheForcedPositionIsAHoleAndWhatFollowsStays(int index) throws IOException {
        damaged.noteForced(damaged.end());
        damaged.flip(BAD, index);

        try (LocalMessageStore store = damaged.open()) {
            long hole = damaged.positionOf(BAD);
            assertThat(store.recovery().holes()).containsExactly(new Hole(hole, damaged.endOf(BAD) - hole));
            assertThat(store.recovery().cut()).isEmpty();
            assertThat(store.recovery().end()).isEqualTo(damaged.end());
            assertThat(store.recovery().records()).isEqualTo(MESSAGES - 1);
            assertHoleIsSteppedOver(store);
        }
        try (LocalMessageStore store = damaged.open()) { // it is known again, or lies below what has to be looked at
            assertHoleIsSteppedOver(store);
        }
    }

    private void assertHoleIsSteppedOver(LocalMessageStore store) {
        assertThat(bodies(store, "T", 0, 0))
                .startsWith(damaged.bodies(0, MESSAGES, BAD).toArray(String[]::new));
        assertThat(bodies(store, "T", 1, 0))
                .startsWith(damaged.bodies(1, MESSAGES).toArray(String[]::new));
        // The queue keeps its numbers: the message behind the hole has the offset it was acknowledged with.
        assertThat(bodies(store, "T", 0, BAD / 2 + 1).get(0))
                .isEqualTo(damaged.bodies(0, MESSAGES).get(BAD / 2 + 1));
        assertThat(bodies(store, "T", 0, BAD / 2).get(0))
                .isEqualTo(damaged.bodies(0, MESSAGES).get(BAD / 2 + 1));
        assertThat(store.readRecord(damaged.positionOf(BAD), ByteBuffer::remaining))
                .isEmpty();
        assertThat(store.readRecord(damaged.positionOf(BAD + 1), ByteBuffer::remaining))
                .isPresent();
        long millis = store.storeMillis(new TopicQueue("T", 0), BAD / 2 + 1).orElseThrow();
        assertThat(store.offsetAt(new TopicQueue("T", 0), millis, TimeBoundary.UPPER))
                .isGreaterThan(BAD / 2);
    }

    @Test
    void appendsGoOnBehindALogWithAHole() throws IOException {
        damaged.noteForced(damaged.end());
        damaged.flip(BAD, BODY);

        try (LocalMessageStore store = damaged.open()) {
            assertThat(stored(append(store, draft("T", 0, "next"))).queueOffset())
                    .isEqualTo(MESSAGES / 2);
            awaitDispatched(store);
            assertThat(bodies(store, "T", 0, MESSAGES / 2)).containsExactly("next");
        }
    }

    @Test
    void severalRecordsAreOneHoleAndSeveralPlacesSeveralHoles() throws IOException {
        damaged.noteForced(damaged.end());
        damaged.zero(damaged.positionOf(10), damaged.endOf(12));
        damaged.flip(50, BODY);

        try (LocalMessageStore store = damaged.open()) {
            assertThat(store.recovery().holes())
                    .containsExactly(
                            new Hole(damaged.positionOf(10), damaged.positionOf(13) - damaged.positionOf(10)),
                            new Hole(damaged.positionOf(50), damaged.positionOf(51) - damaged.positionOf(50)));
            assertThat(bodies(store, "T", 0, 0)).isEqualTo(damaged.bodies(0, MESSAGES, 10, 12, 50));
            assertThat(bodies(store, "T", 1, 0)).isEqualTo(damaged.bodies(1, MESSAGES, 11));
        }
    }

    @Test
    void aHoleMayReachOverTheEndOfASegment() throws IOException {
        damaged.noteForced(damaged.end());
        int first = 0;
        while (damaged.positionOf(first) < SEGMENT) {
            first++;
        }
        damaged.zero(damaged.positionOf(first - 1), damaged.endOf(first));

        try (LocalMessageStore store = damaged.open()) {
            assertThat(store.recovery().holes()).hasSize(1);
            assertThat(store.recovery().holes().get(0).end()).isEqualTo(damaged.positionOf(first + 1));
            assertThat(bodies(store, "T", 0, 0)).isEqualTo(damaged.bodies(0, MESSAGES, first - 1, first));
            assertThat(bodies(store, "T", 1, 0)).isEqualTo(damaged.bodies(1, MESSAGES, first - 1, first));
        }
    }

    @Test
    void aWholeLogFileOfZerosIsAHole() throws IOException {
        damaged.noteForced(damaged.end());
        damaged.zero(SEGMENT, 2 * SEGMENT);

        try (LocalMessageStore store = damaged.open()) {
            assertThat(store.recovery().holes()).containsExactly(new Hole(SEGMENT, SEGMENT));
            assertThat(store.recovery().end()).isEqualTo(damaged.end());
        }
    }

    @Test
    void afterACleanStopDamageIsAHoleWhateverIsNoted() throws IOException {
        Files.delete(root.resolve("abort"));
        Files.delete(damaged.checkpoint());
        damaged.flip(BAD, BODY);

        try (LocalMessageStore store = damaged.open()) {
            assertThat(store.recovery().isClean()).isTrue();
            assertThat(store.recovery().holes()).hasSize(1);
            assertThat(bodies(store, "T", 1, 0)).isEqualTo(damaged.bodies(1, MESSAGES));
        }
    }

    @Test
    void aBadRecordAboveTheForcedPositionIsTheEndAndWhatIsDroppedIsCounted() throws IOException {
        damaged.noteForced(damaged.positionOf(BAD));
        damaged.flip(BAD, BODY);

        try (LocalMessageStore store = damaged.open()) {
            assertThat(store.recovery().holes()).isEmpty();
            assertThat(store.recovery().cut()).contains(new Cut(damaged.positionOf(BAD), MESSAGES - BAD - 1, 0));
            assertThat(store.recovery().end()).isEqualTo(damaged.positionOf(BAD));
            assertThat(bodies(store, "T", 0, 0)).isEqualTo(damaged.bodies(0, BAD));
            assertThat(bodies(store, "T", 1, 0)).isEqualTo(damaged.bodies(1, BAD));
            assertThat(stored(append(store, draft("T", 0, "next"))).queueOffset())
                    .isEqualTo(BAD / 2);
        }
    }

    @Test
    void nothingKnownAboutForcesMeansThatDamageIsTheEnd() throws IOException {
        Files.delete(damaged.checkpoint());
        damaged.flip(BAD, BODY);

        try (LocalMessageStore store = damaged.open()) {
            assertThat(store.recovery().forced()).isEmpty();
            assertThat(store.recovery().cut()).contains(new Cut(damaged.positionOf(BAD), MESSAGES - BAD - 1, 0));
        }
    }

    @Test
    void aRecordThatWasNotWrittenToItsEndIsTheEnd() throws IOException {
        damaged.noteForced(damaged.positionOf(MESSAGES - 1));
        damaged.zero(damaged.endOf(MESSAGES - 1) - 5, damaged.endOf(MESSAGES - 1));

        try (LocalMessageStore store = damaged.open()) {
            assertThat(store.recovery().cut()).contains(new Cut(damaged.positionOf(MESSAGES - 1), 0, 0));
            assertThat(bodies(store, "T", 1, 0)).isEqualTo(damaged.bodies(1, MESSAGES - 1));
        }
    }

    @Test
    void theLossOfWhatTheDiskHadConfirmedAtTheEndIsReported() throws IOException {
        damaged.noteForced(damaged.end());
        damaged.zero(damaged.positionOf(MESSAGES - 2), damaged.end());

        try (LocalMessageStore store = damaged.open()) {
            long position = damaged.positionOf(MESSAGES - 2);
            assertThat(store.recovery().cut()).contains(new Cut(position, 0, damaged.end() - position));
        }
    }

    @Test
    void aCutLeavesNothingBehindIt() throws IOException {
        damaged.noteForced(0);
        damaged.flip(BAD, BODY);

        damaged.open().close();

        long cut = damaged.positionOf(BAD);
        assertThat(restOf(damaged.logFile(cut), (int) (cut % SEGMENT))).containsOnly((byte) 0);
        try (Stream<Path> files = Files.list(root.resolve("commitlog"))) {
            assertThat(files.map(file -> Long.parseLong(file.getFileName().toString()))
                            .filter(base -> base > cut)
                            .map(base -> restOf(damaged.logFile(base), 0)))
                    .allSatisfy(bytes -> assertThat(bytes).containsOnly((byte) 0)); // what was prepared since
        }
    }

    @Test
    void aStaleRecordBehindACutNeverComesBackToLife() throws IOException {
        damaged.noteForced(0);
        damaged.flip(BAD, BODY);
        int size = (int) (damaged.endOf(BAD) - damaged.positionOf(BAD));
        String sameSize = "y".repeat(size - 92);

        // A record of exactly the size of the one that was cut: the next stale one would follow it as if it belonged.
        try (LocalMessageStore store = damaged.open()) {
            store(store, "T", 0, sameSize);
        }
        Files.createFile(root.resolve("abort"));
        Files.delete(damaged.checkpoint());
        damaged.deleteTree("consumequeue");

        try (LocalMessageStore store = damaged.open()) {
            assertThat(store.recovery().end()).isEqualTo(damaged.endOf(BAD));
            assertThat(store.recovery().cut()).isEmpty();
            assertThat(bodies(store, "T", 0, BAD / 2)).containsExactly(sameSize);
            assertThat(bodies(store, "T", 1, 0)).isEqualTo(damaged.bodies(1, BAD));
        }
    }

    @Test
    void aBlankThatDoesNotReachTheEndOfItsSegmentIsDamage() throws IOException {
        damaged.noteForced(damaged.end());
        try (FileChannel file = FileChannel.open(damaged.logFile(SEGMENT), StandardOpenOption.WRITE)) {
            ByteBuffer blank = ByteBuffer.allocate(8).putInt(500).putInt(0xCBD43194);
            file.write(blank.flip(), damaged.positionOf(BAD) % SEGMENT);
        }

        try (LocalMessageStore store = damaged.open()) {
            assertThat(store.recovery().holes()).hasSize(1);
            assertThat(bodies(store, "T", 1, 0)).isEqualTo(damaged.bodies(1, MESSAGES));
        }
    }

    @Test
    void aLastLogFileCutShortIsLengthenedAndItsWholeRecordsStay() throws IOException {
        damaged.noteForced(0);
        damaged.truncate(damaged.logFile(damaged.positionOf(80)), damaged.endOf(80) % SEGMENT + 20);

        try (LocalMessageStore store = damaged.open()) {
            assertThat(store.recovery().cut()).contains(new Cut(damaged.positionOf(81), 0, 0));
            assertThat(bodies(store, "T", 0, 0)).isEqualTo(damaged.bodies(0, 81));
        }
    }

    @Test
    void anotherLogFileCutShortIsLengthenedAndHasAHole() throws IOException {
        damaged.noteForced(damaged.end());
        damaged.truncate(damaged.logFile(damaged.positionOf(BAD)), damaged.positionOf(BAD) % SEGMENT);

        try (LocalMessageStore store = damaged.open()) {
            assertThat(damaged.logFile(damaged.positionOf(BAD))).hasSize(SEGMENT);
            assertThat(store.recovery().holes()).hasSize(1);
            assertThat(store.recovery().holes().get(0).position()).isEqualTo(damaged.positionOf(BAD));
            assertThat(store.recovery().holes().get(0).end() % SEGMENT).isZero();
            assertThat(store.recovery().end()).isEqualTo(damaged.end());
        }
    }

    @Test
    void aStartThatEndsAfterTheCutIsAsIfItHadNotBeen() throws IOException {
        damaged.noteForced(damaged.positionOf(BAD));
        damaged.flip(BAD, BODY);
        long cut = damaged.positionOf(BAD);
        // As a kill between the two halves of a cut leaves it.
        damaged.truncate(damaged.logFile(cut), cut % SEGMENT);
        for (Path file : List.of(damaged.logFile(cut + SEGMENT), damaged.logFile(cut + 2 * SEGMENT))) {
            Files.deleteIfExists(file);
        }

        try (LocalMessageStore store = damaged.open()) {
            assertThat(store.recovery().end()).isEqualTo(cut);
            assertThat(bodies(store, "T", 0, 0)).isEqualTo(damaged.bodies(0, BAD));
        }
    }

    private static byte[] restOf(Path file, int from) {
        try {
            byte[] all = Files.readAllBytes(file);
            return Arrays.copyOfRange(all, from, all.length);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
