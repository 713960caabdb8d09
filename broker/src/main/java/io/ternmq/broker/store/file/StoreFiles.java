package io.ternmq.broker.store.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The file system as the store sees it. Safe for use by any thread. */
public interface StoreFiles {

    /**
     * Takes the right to write to a directory, which is made if missing, against other processes and other stores of
     * this one. It ends with the process at the latest.
     *
     * @return gives the right back
     * @throws IOException if another has it, naming the directory
     */
    Closeable lock(Path directory) throws IOException;

    /** Opens a file that exists. */
    StoreFile open(Path path) throws IOException;

    /**
     * Makes a file of exactly this length, all zeros, without blocks; one that already exists is opened and resized.
     * Its name is safe only after {@link #forceDirectory}.
     */
    StoreFile create(Path path, long bytes) throws IOException;

    boolean exists(Path path);

    /** Length in bytes of a file that exists. */
    default long size(Path path) throws IOException {
        try (StoreFile file = open(path)) {
            return file.size();
        }
    }

    /** Names of the plain files in a directory, sorted; none if there is no such directory. */
    List<String> fileNames(Path directory) throws IOException;

    /** Names of the directories in a directory, sorted; none if there is no such directory. */
    List<String> directoryNames(Path directory) throws IOException;

    /** Makes a directory and those above it, where missing. */
    void makeDirectory(Path directory) throws IOException;

    /** Deletes a file, or a directory that is empty. Nothing happens if it is not there. */
    void delete(Path path) throws IOException;

    /** Makes names created in or deleted from a directory safe. */
    void forceDirectory(Path directory) throws IOException;

    DiskSpace space(Path directory) throws IOException;
}
