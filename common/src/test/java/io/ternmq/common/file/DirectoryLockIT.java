package io.ternmq.common.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockIT {
    @TempDir
    private Path directory;

    /** Locks the directory named by its argument, says so, and waits to be killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            try (DirectoryLock held = DirectoryLock.acquire(Path.of(arguments[0]))) {
                System.out.println("held: " + held.directory());
                while (System.in.read() >= 0) {
                    // The other side closes our input, or kills us.
                }
            }
        }
    }

    @Test
    void anotherProcessIsKeptOutUntilItsHolderIsDead() throws Exception {
        Process holder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            awaitFirstLine(holder);

            assertThatThrownBy(() -> DirectoryLock.acquire(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is in use by another process");
        } finally {
            holder.destroyForcibly();
        }
        assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();

        DirectoryLock.acquire(directory).close();
    }

    private static void awaitFirstLine(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        assertThat(output.readLine()).startsWith("held: ");
    }
}
