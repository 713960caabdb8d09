package io.ternmq.common.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
    @TempDir
    private Path directory;

    @Test
    void aDirectoryHasOneHolder() throws IOException {
        try (DirectoryLock held = DirectoryLock.acquire(directory.resolve("store"))) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> DirectoryLock.acquire(directory.resolve("store")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is in use by another server of this process");
        }

        DirectoryLock.acquire(directory.resolve("store")).close();
    }

    @Test
    void theSameDirectoryByAnotherNameIsTheSame() throws IOException {
        Path real = Files.createDirectory(directory.resolve("store"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);

        try (DirectoryLock held = DirectoryLock.acquire(real)) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> DirectoryLock.acquire(link)).hasMessageContaining("is in use");
        }
    }

    @Test
    void closingTwiceHarmsNobody() throws IOException {
        DirectoryLock first = DirectoryLock.acquire(directory);
        first.close();
        try (DirectoryLock second = DirectoryLock.acquire(directory)) {
            first.close();

            assertThat(second).isNotNull();
            assertThatThrownBy(() -> DirectoryLock.acquire(directory)).hasMessageContaining("is in use");
        }
    }

    @Test
    void whatCannotBeADirectoryIsNamed() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> DirectoryLock.acquire(file)).hasMessageContaining("Directory " + file);
        assertThatThrownBy(() -> DirectoryLock.acquire(file.resolve("below"))).hasMessageContaining("cannot be made");
    }
}
