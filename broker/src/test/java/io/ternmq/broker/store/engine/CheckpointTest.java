package io.ternmq.broker.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.engine.Checkpoint.Place;
import io.ternmq.broker.store.engine.Checkpoint.State;
import io.ternmq.broker.store.file.DiskFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final Place FIRST = new Place(100, 300, 7);
    private static final Place SECOND = new Place(500, 900, 8);

    @TempDir
    private Path directory;

    @Test
    void aNewOneSaysNothing() throws IOException {
        State state = read();

        assertThat(state.millis()).isZero();
        assertThat(state.place()).isEmpty();
        assertThat(state.forced()).isEmpty();
        assertThat(path()).hasSize(Checkpoint.BYTES);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        write(1_000, FIRST);
        mark(400);

        State state = read();

        assertThat(state.millis()).isEqualTo(1_000);
        assertThat(state.place()).contains(FIRST);
        assertThat(state.forced()).hasValue(400);
    }

    @Test
    void layoutIsTheOfficialOneWithOurPartsBehindIt() throws IOException {
        write(0x0102, FIRST);
        mark(0x0304);

        assertThat(hex(0, 40)).isEqualTo("0000000000000102" + "0000000000000102" + "00".repeat(24));
        assertThat(hex(1024, 16)).isEqualTo("5445524e4d513031" + "0000000000000304");
        assertThat(hex(2048, 48))
                .isEqualTo("5445524e4d513031"
                        + "0000000000000102"
                        + "0000000000000102"
                        + "0000000000000064"
                        + "000000000000012c"
                        + "0000000000000007");
    }

    @Test
    void notesAreWrittenInTurnAndTheNewestCounts() throws IOException {
        try (Checkpoint checkpoint = open()) {
            checkpoint.read();
            checkpoint.write(1_000, FIRST);
            checkpoint.write(1_000, SECOND); // the same store time: both are of now
        }

        assertThat(read().place()).contains(SECOND);
        assertThat(hex(3072, 8)).isEqualTo("5445524e4d513031");
    }

    @Test
    void ofTwoNotesOfOnePositionTheLaterCountsWhicheverPlaceIsNext() throws IOException {
        for (int before = 0; before < 2; before++) {
            Place other = new Place(SECOND.lastRecord(), SECOND.dispatched(), 99 + before); // other queues
            write(1_000, FIRST);
            write(2_000, SECOND);
            write(2_000, other);

            assertThat(read().place()).contains(other);
            write(3_000, new Place(1_000, 1_100 + before, 1)); // so that the next round begins at the other place
        }
    }

    @Test
    void aNoteOfTheSamePositionAndAnotherTimeLeavesTheOneBeforeToAProcessThatEndsThen() throws IOException {
        write(1_000, FIRST);
        write(2_000, new Place(40, FIRST.dispatched(), 9)); // the last record was found damaged
        times(1_000, 1_000); // as they were before the second

        assertThat(read().place()).contains(FIRST);
    }

    @Test
    void aProcessThatEndsBetweenNoteAndTimesLeavesTheNoteBefore() throws IOException {
        write(1_000, FIRST);
        write(2_000, SECOND);
        times(1_000, 1_000); // as they were before the second

        assertThat(read().place()).contains(FIRST);
        write(3_000, SECOND);
        assertThat(read().place()).contains(SECOND);
    }

    @Test
    void otherTimesThanTheNotesMeanThatAnotherBrokerRan() throws IOException {
        write(1_000, FIRST);
        mark(400);
        times(5_000, 4_000);

        State state = read();

        assertThat(state.millis()).isEqualTo(4_000);
        assertThat(state.place()).isEmpty();
        assertThat(state.forced()).isEmpty();
    }

    @Test
    void everyDamagedByteOfANoteIsNoticed() throws IOException {
        write(1_000, FIRST);
        byte[] good = Files.readAllBytes(path());
        for (int i = 2048; i < 2048 + 52; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            Files.write(path(), bad);

            assertThat(read().place()).isEmpty();
        }
    }

    @Test
    void everyDamagedByteOfTheMarkIsNoticed() throws IOException {
        write(1_000, FIRST);
        mark(400);
        byte[] good = Files.readAllBytes(path());
        for (int i = 1024; i < 1024 + 20; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            Files.write(path(), bad);

            assertThat(read().forced()).isEmpty();
            assertThat(read().place()).contains(FIRST);
        }
    }

    @Test
    void whatOthersUseStaysAsItIs() throws IOException {
        byte[] all = new byte[Checkpoint.BYTES];
        Arrays.fill(all, 16, 1024, (byte) 9);
        Files.write(path(), all);

        write(1_000, FIRST);
        mark(400);

        assertThat(hex(16, 1008)).isEqualTo("09".repeat(1008));
    }

    @Test
    void oneCutShortIsLengthened() throws IOException {
        Files.write(path(), new byte[10]);

        assertThat(read().place()).isEmpty();
        assertThat(path()).hasSize(Checkpoint.BYTES);
    }

    private Path path() {
        return directory.resolve("checkpoint");
    }

    private Checkpoint open() throws IOException {
        return new Checkpoint(new DiskFiles(), path());
    }

    private State read() throws IOException {
        try (Checkpoint checkpoint = open()) {
            return checkpoint.read();
        }
    }

    private void write(long millis, Place place) throws IOException {
        try (Checkpoint checkpoint = open()) {
            checkpoint.read();
            checkpoint.write(millis, place);
        }
    }

    private void mark(long position) throws IOException {
        try (Checkpoint checkpoint = open()) {
            checkpoint.forcedTo(position);
            checkpoint.forceMark();
        }
    }

    private void times(long log, long queues) throws IOException {
        byte[] all = Files.readAllBytes(path());
        ByteBuffer.wrap(all).putLong(log).putLong(queues);
        Files.write(path(), all);
    }

    private String hex(int from, int length) throws IOException {
        return HexFormat.of().formatHex(Files.readAllBytes(path()), from, from + length);
    }
}
