package io.ternmq.common.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the file that an operator starts a server with. */
public final class ConfigFile {
    /** No configuration is longer; whoever names a log or a disk by mistake is told so. */
    static final int BYTES_MAX = 1 << 20;

    private ConfigFile() {}

    /**
     * Reads lines of {@code key=value} in UTF-8.
     *
     * @throws IOException with one sentence that names the file and says what is wrong with it
     */
    public static Settings read(Path file) throws IOException {
        try {
            long bytes = Files.size(file);
            if (bytes > BYTES_MAX) {
                throw new IOException(prefix(file) + "it has " + bytes + " bytes, expected at most " + BYTES_MAX);
            }
            return PropertiesText.parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IOException(prefix(file) + "there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new IOException(prefix(file) + "no permission to read it", e);
        } catch (CharacterCodingException e) {
            throw new IOException(prefix(file) + "it is not text in UTF-8", e);
        } catch (IllegalArgumentException e) {
            throw new IOException(prefix(file) + e.getMessage(), e);
        } catch (IOException e) {
            throw named(file, e);
        }
    }

    private static IOException named(Path file, IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith(prefix(file)) ? e : new IOException(prefix(file) + message, e);
    }

    private static String prefix(Path file) {
        return "Configuration file " + file + " cannot be read: ";
    }
}
