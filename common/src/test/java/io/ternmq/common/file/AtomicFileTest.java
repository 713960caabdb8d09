package io.ternmq.common.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path directory;

    private Path path;
    private AtomicFile file;

    @BeforeEach
    void setUp() {
        path = directory.resolve("config").resolve("topics.json");
        file = new AtomicFile(path);
    }

    @Test
    void whatWasNeverWrittenIsEmpty() throws IOException {
        assertThat(file.read(AtomicFileTest::text)).isEmpty();
    }

    @Test
    void theContentBeforeBecomesTheBackup() throws IOException {
        write("one");
        write("two");

        assertThat(file.read(AtomicFileTest::text)).contains("two");
        assertThat(path.resolveSibling("topics.json.bak")).hasContent("one");
        assertThat(path.resolveSibling("topics.json.tmp")).doesNotExist();
    }

    @Test
    void theBackupStandsInForADamagedFile() throws IOException {
        write("one");
        write("two");
        Files.writeString(path, "damaged");

        assertThat(file.read(AtomicFileTest::text)).contains("one");
    }

    @Test
    void theBackupStandsInForAnEmptyOrMissingFile() throws IOException {
        write("one");
        write("two");
        Files.write(path, new byte[0]);
        assertThat(file.read(AtomicFileTest::text)).contains("one");

        Files.delete(path);
        assertThat(file.read(AtomicFileTest::text)).contains("one");
    }

    @Test
    void damageIsNotMissing() throws IOException {
        write("damaged");

        assertThatThrownBy(() -> file.read(AtomicFileTest::text))
                .isInstanceOf(DamagedFileException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining("no backup");

        Files.writeString(path.resolveSibling("topics.json.bak"), "damaged");
        assertThatThrownBy(() -> file.read(AtomicFileTest::text))
                .isInstanceOf(DamagedFileException.class)
                .hasMessageContaining("its backup");
    }

    @Test
    void damageNeverReplacesAGoodBackup() throws IOException {
        write("one");
        write("two");
        Files.writeString(path, "damaged");
        file.read(AtomicFileTest::text);

        write("three");

        assertThat(path.resolveSibling("topics.json.bak")).hasContent("one");
        assertThat(file.read(AtomicFileTest::text)).contains("three");
    }

    @Test
    void aWriteThatDiedHalfwayIsForgotten() throws IOException {
        write("one");
        Files.writeString(path.resolveSibling("topics.json.tmp"), "hal");

        assertThat(file.read(AtomicFileTest::text)).contains("one");
        write("two");
        assertThat(file.read(AtomicFileTest::text)).contains("two");
    }

    private void write(String content) throws IOException {
        file.write(content.getBytes(UTF_8));
    }

    private static String text(byte[] content) {
        String text = new String(content, UTF_8);
        if (text.equals("damaged")) {
            throw new IllegalArgumentException("not what it should be");
        }
        return text;
    }
}
