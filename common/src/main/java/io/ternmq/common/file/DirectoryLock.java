package io.ternmq.common.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to write to a directory, held against other processes and other servers of this one. Owns the file
 * {@code lock} in it; the operating system lets go of the lock when the process ends, however it ends.
 */
public final class DirectoryLock implements AutoCloseable {
    private static final String FILE_NAME = "lock";

    // Mirrors a fact of the process, which is why it is static: POSIX drops a process's lock on a file as soon as the
    // process closes any handle of that file, so a second attempt must be refused before it opens one.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Locks {@code directory}, which is made if missing.
     *
     * @throws IOException if it is locked already or cannot be written; the message names it
     */
    public static DirectoryLock acquire(Path directory) throws IOException {
        Path real = made(directory);
        if (!HELD.add(real)) {
            throw inUse(real, "another server of this process");
        }
        try {
            return new DirectoryLock(real, lockedChannel(real));
        } catch (IOException | RuntimeException e) {
            HELD.remove(real);
            throw e;
        }
    }

    /** The directory, by its real path. */
    public Path directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            try {
                channel.close();
            } finally {
                HELD.remove(directory); // only now may others open the file
            }
        }
    }

    private static Path made(Path directory) throws IOException {
        try {
            return Files.createDirectories(directory).toRealPath();
        } catch (IOException e) {
            throw new IOException("Directory " + directory + " cannot be made: " + reason(e), e);
        }
    }

    private static FileChannel lockedChannel(Path directory) throws IOException {
        FileChannel channel;
        try {
            channel =
                    FileChannel.open(directory.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException("Directory " + directory + " cannot be written: " + reason(e), e);
        }
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw inUse(directory, "another part of this process");
        }
        channel.close();
        throw inUse(directory, "another process");
    }

    private static IOException inUse(Path directory, String holder) {
        return new IOException("Directory " + directory + " is in use by " + holder + ", which holds its file "
                + FILE_NAME + ": expected a directory of its own for each server");
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
