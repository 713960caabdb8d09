package io.ternmq.broker.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.common.time.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OffsetsFileTest {
    private final FakeClock clock = new FakeClock();
    private final ConsumerOffsets offsets = new ConsumerOffsets(10);

    @TempDir
    private Path directory;

    @Test
    void savedOffsetsAreThereAgain() throws IOException {
        OffsetsFile file = OffsetsFile.load(path(), offsets, clock);
        offsets.commit("G", "T", 1, 12);
        offsets.commit("G", "%RETRY%G", 0, 3);

        file.save();

        ConsumerOffsets again = new ConsumerOffsets(10);
        OffsetsFile.load(path(), again, clock);
        assertThat(again.snapshot()).isEqualTo(offsets.snapshot());
    }

    @Test
    void unchangedTableIsNotWrittenAgain() throws IOException {
        OffsetsFile file = OffsetsFile.load(path(), offsets, clock);
        file.save();
        assertThat(path()).doesNotExist();

        offsets.commit("G", "T", 0, 1);
        file.save();
        String written = Files.readString(path());
        clock.advance(Duration.ofSeconds(5));
        file.save();

        assertThat(Files.readString(path())).isEqualTo(written);
    }

    @Test
    void fileOfAnOfficialBrokerIsRead() throws IOException {
        Files.writeString(
                path(),
                "{\"dataVersion\":{\"counter\":2,\"stateVersion\":0,\"timestamp\":1700000000000},"
                        + "\"offsetTable\":{\"TopicTest@g\":{0:10,1:12},\"%RETRY%g@g\":{0:0}}}");

        OffsetsFile.load(path(), offsets, clock);

        assertThat(offsets.committed("g", "TopicTest", 1)).hasValue(12);
        assertThat(offsets.committed("g", "%RETRY%g", 0)).hasValue(0);
    }

    @Test
    void damagedFileIsReplacedByItsBackupAsAWhole() throws IOException {
        OffsetsFile file = OffsetsFile.load(path(), offsets, clock);
        offsets.commit("G", "T", 0, 1);
        file.save();
        offsets.commit("G", "T", 0, 2);
        file.save();
        Files.writeString(path(), "{\"offsetTable\":{\"Broken@X\":{0:99},\"T@G\":{\"x\":1}}}");

        ConsumerOffsets again = new ConsumerOffsets(10);
        OffsetsFile.load(path(), again, clock);

        assertThat(again.committed("G", "T", 0)).hasValue(1);
        assertThat(again.committed("X", "Broken", 0)).isEmpty();
    }

    @Test
    void damageOfBothFilesStopsTheStart() throws IOException {
        Files.writeString(path(), "{");

        assertThatThrownBy(() -> OffsetsFile.load(path(), offsets, clock))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("consumerOffset.json");
    }

    @Test
    void failedSaveIsTriedAgain() throws IOException {
        OffsetsFile file = OffsetsFile.load(path(), offsets, clock);
        offsets.commit("G", "T", 0, 1);
        Path inTheWay = Files.createDirectory(directory.resolve("consumerOffset.json.tmp"));
        file.save();
        assertThat(path()).doesNotExist();

        Files.delete(inTheWay);
        file.save();

        assertThat(path()).exists();
    }

    @Test
    void savedOffsetsAreTakenInEvenBeyondTheLimit() throws IOException {
        ConsumerOffsets many = new ConsumerOffsets(100);
        OffsetsFile file = OffsetsFile.load(path(), many, clock);
        for (int queueId = 0; queueId < 20; queueId++) {
            many.commit("G", "T", queueId, queueId);
        }
        file.save();

        OffsetsFile.load(path(), offsets, clock); // of ten

        assertThat(offsets.committed("G", "T", 19)).hasValue(19);
        assertThat(offsets.commit("G", "T", 20, 1)).isEqualTo(ConsumerOffsets.CommitOutcome.TABLE_FULL);
    }

    private Path path() {
        return directory.resolve("consumerOffset.json");
    }
}
