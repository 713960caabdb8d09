package io.ternmq.broker;

import io.ternmq.common.config.PropertiesText;
import io.ternmq.common.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * The file in which settings stand that were changed while the broker ran: the one it was started with, or one of its
 * own. Other lines, comments among them, stay as they are. Used by one thread at a time.
 */
final class SettingsFile {
    private final AtomicFile file;

    SettingsFile(Path path) {
        this.file = new AtomicFile(path);
    }

    Path path() {
        return file.path();
    }

    /** Puts the settings into the file, each in the place where its key stands, else at the end. */
    void save(Map<String, String> changed) throws IOException {
        String before = file.read(content -> new String(content, StandardCharsets.UTF_8))
                .orElse("");
        file.write(PropertiesText.changed(before, changed).getBytes(StandardCharsets.UTF_8));
    }
}
