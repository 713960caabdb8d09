package io.ternmq.client.consumer.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.common.file.DamagedFileException;
import io.ternmq.common.message.MessageQueue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalOffsetFileTest {
    private static final MessageQueue QUEUE = new MessageQueue("T", "broker-a", 1);

    /** As clients of other makes write it: indented or not, an object as each name. */
    private static final String OTHER_MAKE = "{\n\t\"offsetTable\":{{\n\t\t\t\"brokerName\":\"broker-a\",\n"
            + "\t\t\t\"queueId\":1,\n\t\t\t\"topic\":\"T\"\n\t\t}:41,{\"brokerName\":\"b\",\"queueId\":0,\"topic\":\"U\"}:7\n\t}\n}";

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("10.0.0.1@app").resolve("G").resolve("offsets.json");
    }

    private LocalOffsetFile open() throws IOException {
        return LocalOffsetFile.open(directory, "10.0.0.1@app", "G");
    }

    private static OptionalLong committed(LocalOffsetFile file, MessageQueue queue) {
        return file.committed(queue).toCompletableFuture().join();
    }

    @Test
    void withoutAFileNothingIsKnownAndNothingIsWritten() throws IOException {
        LocalOffsetFile offsets = open();
        offsets.flush();

        assertThat(committed(offsets, QUEUE)).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void offsetsAreKnownAgainAfterARestart() throws IOException {
        LocalOffsetFile first = open();
        first.commit(QUEUE, 5);
        first.flush();
        first.commit(QUEUE, 6);
        first.flush();

        assertThat(committed(open(), QUEUE)).hasValue(6);
        assertThat(Files.readString(file().resolveSibling("offsets.json.bak"))).contains(":5");
    }

    @Test
    void fileOfAnotherMakeIsRead() throws IOException {
        write(file(), OTHER_MAKE);

        assertThat(committed(open(), QUEUE)).hasValue(41);
        assertThat(committed(open(), new MessageQueue("U", "b", 0))).hasValue(7);
    }

    @Test
    void fileHoldsAnObjectAsEachName() throws IOException {
        LocalOffsetFile offsets = open();
        offsets.commit(QUEUE, 5);
        offsets.flush();

        assertThat(Files.readString(file()).replaceAll("\\s", ""))
                .isEqualTo("{\"offsetTable\":{{\"brokerName\":\"broker-a\",\"queueId\":1,\"topic\":\"T\"}:5}}");
    }

    @Test
    void damagedOrEmptyFileGivesWayToItsBackup() throws IOException {
        write(file().resolveSibling("offsets.json.bak"), OTHER_MAKE);
        write(file(), "{\"offsetTable\":{{\"brokerNa");
        OptionalLong fromDamaged = committed(open(), QUEUE);
        write(file(), "");
        OptionalLong fromEmpty = committed(open(), QUEUE);

        assertThat(fromDamaged).hasValue(41);
        assertThat(fromEmpty).hasValue(41);
    }

    @Test
    void damagedFileWithoutAUsableBackupIsRefusedByName() throws IOException {
        write(file(), "{\"offsetTable\":{{\"brokerName\":\"b\",\"queueId\":0,\"topic\":\"T\"}:-5}}");

        assertThatThrownBy(this::open)
                .isInstanceOf(DamagedFileException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("-5");
    }

    @Test
    void commitThatCannotBeWrittenIsWrittenLater() throws IOException {
        Path blocked = directory.resolve("10.0.0.1@app");
        Files.writeString(blocked, "a file where a folder should be");
        LocalOffsetFile offsets;
        Files.delete(blocked);
        offsets = open();
        Files.writeString(blocked, "a file where a folder should be");
        offsets.commit(QUEUE, 5);
        offsets.flush();

        Files.delete(blocked);
        offsets.flush();

        assertThat(committed(open(), QUEUE)).hasValue(5);
    }

    private static void write(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.write(path, text.getBytes(StandardCharsets.UTF_8));
    }
}
