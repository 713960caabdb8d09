package io.ternmq.broker.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.common.time.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Offsets that lie above the end of their queue, since the end of the log was lost. */
final class LoweredOffsetsTest {
    private final FakeClock clock = new FakeClock();
    private final ConsumerOffsets offsets = new ConsumerOffsets(10);

    @TempDir
    private Path directory;

    private OffsetsFile file;

    @BeforeEach
    void commit() throws IOException {
        file = OffsetsFile.load(consumers(), offsets, clock);
        offsets.commit("G", "T", 0, 12);
        offsets.commit("G", "T", 1, 5);
        offsets.commit("H", "%RETRY%H", 0, 3);
        file.save();
    }

    @Test
    void whatLiesAboveTheEndIsLoweredToItAndReported() throws IOException {
        var lowered = file.lowerTo((topic, queueId) -> topic.equals("T") ? 7 : 0);

        assertThat(lowered)
                .containsExactlyInAnyOrder(
                        new LoweredOffset("G", "T", 0, 12, 7), new LoweredOffset("H", "%RETRY%H", 0, 3, 0));
        assertThat(offsets.committed("G", "T", 0)).hasValue(7);
        assertThat(offsets.committed("G", "T", 1)).hasValue(5);
    }

    @Test
    void loweredOffsetsAreOnDiskWhenTheStartGoesOn() throws IOException {
        file.lowerTo((topic, queueId) -> 4);

        ConsumerOffsets again = new ConsumerOffsets(10);
        OffsetsFile.load(consumers(), again, clock);
        assertThat(again.committed("G", "T", 0)).hasValue(4);
    }

    @Test
    void nothingIsWrittenIfNothingIsLowered() throws IOException {
        Files.delete(consumers());

        assertThat(file.lowerTo((topic, queueId) -> 12)).isEmpty();
        assertThat(consumers()).doesNotExist();
    }

    @Test
    void aTableThatCannotBeSavedStopsTheStart() throws IOException {
        Files.createDirectory(directory.resolve("consumerOffset.json.tmp"));

        assertThatThrownBy(() -> file.lowerTo((topic, queueId) -> 0)).isInstanceOf(IOException.class);
    }

    @Test
    void delayOffsetsOfAnOfficialBrokerAreLoweredToo() throws IOException {
        Files.writeString(
                delays(),
                "{\"dataVersion\":{\"counter\":2,\"stateVersion\":0,\"timestamp\":1},\"offsetTable\":{3:10,'4':2}}");
        DelayOffsetsFile delayFile = new DelayOffsetsFile(delays(), clock);

        var lowered = delayFile.lowerTo((topic, queueId) -> topic.equals("SCHEDULE_TOPIC_XXXX") ? queueId : 99);

        assertThat(lowered).containsExactly(new LoweredOffset("level 3", "SCHEDULE_TOPIC_XXXX", 2, 10, 2));
        assertThat(Files.readString(delays())).containsPattern("3:\\s*2").containsPattern("4:\\s*2");
        assertThat(delayFile.lowerTo((topic, queueId) -> 99)).isEmpty();
    }

    @Test
    void delayOffsetsThatAreMissingAreNotMade() throws IOException {
        assertThat(new DelayOffsetsFile(delays(), clock).lowerTo((topic, queueId) -> 0))
                .isEmpty();
        assertThat(delays()).doesNotExist();
    }

    @Test
    void damagedDelayOffsetsWithoutABackupStopTheStart() throws IOException {
        Files.writeString(delays(), "{\"offsetTable\":{3:");

        assertThatThrownBy(() -> new DelayOffsetsFile(delays(), clock).lowerTo((topic, queueId) -> 0))
                .hasMessageContaining("delayOffset.json");
    }

    private Path consumers() {
        return directory.resolve("consumerOffset.json");
    }

    private Path delays() {
        return directory.resolve("delayOffset.json");
    }
}
