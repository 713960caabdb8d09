package io.ternmq.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class LogInMemoryTest {
    private static final int BYTES = 1 << 20;

    @TempDir
    private Path directory;

    @Test
    void whatIsWrittenIsInMemoryAndIsForgottenWhenItIsGivenUp() throws IOException {
        assumeThat(Path.of("/usr/bin/fincore")).exists();
        assumeThat(Files.getFileStore(directory).type()).isNotEqualTo("tmpfs"); // which is memory alone
        Path log = Files.createDirectories(directory.resolve("store").resolve("commitlog"));
        Files.write(log.resolve("0"), new byte[BYTES]);
        Files.write(log.resolve("1"), new byte[BYTES]);
        Files.write(directory.resolve("other"), new byte[BYTES]);
        LogInMemory inMemory = LogInMemory.of(directory);

        assertThat(inMemory.bytes()).isEqualTo(2 * BYTES);
        assertThat(inMemory).hasToString("2 of 2 MiB of the log in memory");
        inMemory.giveUp();

        assertThat(inMemory.bytes()).isZero();
    }
}
