package io.ternmq.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory of a Java that tells its version and prints its arguments, one a line, instead of running anything. */
record FakeJava(Path home) {
    static FakeJava of(Path home, String version) {
        try {
            Executables.write(home.resolve("bin").resolve("java"), "printf '%s\\n' \"$@\"");
            Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"None\"\nJAVA_VERSION=\"" + version + "\"\n");
            return new FakeJava(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
