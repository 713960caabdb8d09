package io.ternmq.common.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small file that is replaced as a whole. Owns three names: the file, {@code .tmp} while it is being written, and
 * {@code .bak}, the content before. Whenever the machine stops, the old or the new content is found. Callers see to it
 * that one thread at a time is at work.
 */
public final class AtomicFile {
    private static final Logger log = LoggerFactory.getLogger(AtomicFile.class);

    private final Path file;
    private final Path temporary;
    private final Path backup;
    private boolean isDamaged; // as read; then the backup is worth more than what it would be replaced with

    public AtomicFile(Path file) {
        this.file = file.toAbsolutePath();
        this.temporary = sibling(".tmp");
        this.backup = sibling(".bak");
    }

    /** Reads the content of a file. */
    @FunctionalInterface
    public interface Parser<T> {

        /**
         * Turns the bytes into a value.
         *
         * @throws RuntimeException if they are not what they should be; the file then counts as damaged
         */
        T parse(byte[] content);
    }

    public Path path() {
        return file;
    }

    /**
     * Reads the file; its backup if the file is missing, empty or refused by {@code parser}.
     *
     * @return empty if neither is there: nothing was ever written
     * @throws DamagedFileException if what is there cannot be used
     */
    public <T> Optional<T> read(Parser<T> parser) throws IOException {
        Optional<byte[]> content = bytesOf(file);
        if (content.isEmpty()) {
            return readBackup(parser, null);
        }
        try {
            return Optional.of(parsed(content.get(), parser));
        } catch (RuntimeException e) {
            isDamaged = true;
            return readBackup(parser, e);
        }
    }

    /**
     * Replaces the content and forces it to disk, as well as the names; the content before becomes the backup. Creates
     * the directories above where they are missing.
     */
    public void write(byte[] content) throws IOException {
        Path directory = file.getParent();
        Files.createDirectories(directory);
        writeForced(temporary, content);
        if (!isDamaged && Files.exists(file)) {
            move(file, backup);
        }
        move(temporary, file);
        isDamaged = false;
        forceDirectory(directory);
    }

    private <T> Optional<T> readBackup(Parser<T> parser, RuntimeException damage) throws IOException {
        Optional<byte[]> content = bytesOf(backup);
        if (content.isEmpty() && damage == null) {
            return Optional.empty();
        }
        if (content.isEmpty()) {
            throw new DamagedFileException(
                    "File " + file + " is damaged (" + damage.getMessage() + ") and there is no backup " + backup,
                    damage);
        }
        try {
            T value = parsed(content.get(), parser);
            log.warn(
                    "File is {}, its backup is used. file={} backup={}",
                    damage == null ? "missing" : "damaged",
                    file,
                    backup,
                    damage);
            return Optional.of(value);
        } catch (RuntimeException e) {
            throw new DamagedFileException(
                    "File " + file + " is " + (damage == null ? "missing" : "damaged (" + damage.getMessage() + ")")
                            + " and its backup " + backup + " is damaged (" + e.getMessage() + ")",
                    e);
        }
    }

    private static <T> T parsed(byte[] content, Parser<T> parser) {
        // A file system that lost power may have the name and the length 0: that is damage, not an empty table.
        if (content.length == 0) {
            throw new IllegalArgumentException("empty file");
        }
        return parser.parse(content);
    }

    private static Optional<byte[]> bytesOf(Path path) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void writeForced(Path path, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("File system of " + to + " cannot replace a file atomically", e);
        }
    }

    // Without this a rename may be forgotten although the bytes are not. Some systems cannot open a directory; there
    // the rename is as durable as they make it.
    private static void forceDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            log.debug("Directory cannot be forced. directory={}", directory, e);
        }
    }

    private Path sibling(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
