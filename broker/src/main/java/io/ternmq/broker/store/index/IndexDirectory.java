package io.ternmq.broker.store.index;

import io.ternmq.broker.store.file.StoreFile;
import io.ternmq.broker.store.file.StoreFiles;
import io.ternmq.common.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The directory of index files, which are named after the local time of their making, in 17 digits. Stateless. */
public final class IndexDirectory {
    private static final String NAME = "[0-9]{17}";

    private final StoreFiles files;
    private final Path path;
    private final Clock clock;
    private final DateTimeFormatter names;

    /** @param path made when the first file is */
    public IndexDirectory(StoreFiles files, Path path, Clock clock, ZoneId zone) {
        this.files = files;
        this.path = path;
        this.clock = clock;
        this.names =
                DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS", Locale.ROOT).withZone(zone);
    }

    StoreFiles files() {
        return files;
    }

    /** The files that are there, oldest first. */
    List<Path> existing() throws IOException {
        return files.fileNames(path).stream()
                .filter(name -> name.matches(NAME))
                .map(path::resolve)
                .toList();
    }

    /** What the next file is called: newer by name than all others, however the machine's clock was set. */
    Path next() throws IOException {
        long now = Long.parseLong(names.format(Instant.ofEpochMilli(clock.wallMillis())));
        List<Path> all = existing();
        long least = all.isEmpty()
                ? 0
                : Long.parseLong(all.get(all.size() - 1).getFileName().toString()) + 1;
        return path.resolve(String.format(Locale.ROOT, "%017d", Math.max(now, least)));
    }

    /** Makes a file of full length without blocks. */
    StoreFile create(Path file, IndexLayout layout) throws IOException {
        files.makeDirectory(path);
        return files.create(file, layout.fileBytes());
    }

    /**
     * Makes an empty file for the slots of an index file that grows; beside the directory, where others look for none.
     * Named after the index file, so that the next one's can be there while this one's is still leased.
     */
    StoreFile createSlots(Path indexFile, int bytes) throws IOException {
        files.makeDirectory(path.getParent());
        return files.create(path.resolveSibling(slotsPrefix() + indexFile.getFileName()), bytes);
    }

    /** Removes the files of slots that a killed process has left. */
    void removeSlots() throws IOException {
        for (String name : files.fileNames(path.getParent())) {
            if (name.startsWith(slotsPrefix())) {
                files.delete(path.resolveSibling(name));
            }
        }
    }

    private String slotsPrefix() {
        return path.getFileName() + "-slots-";
    }

    /** Opens a file for a query; empty if it was removed, which may happen at any moment but at start. Any thread. */
    static Optional<StoreFile> openIfThere(StoreFiles files, Path file) throws IOException {
        try {
            return Optional.of(files.open(file));
        } catch (IOException e) {
            if (!files.exists(file)) {
                return Optional.empty(); // retention was faster
            }
            throw e;
        }
    }

    void delete(Path file) throws IOException {
        files.delete(file);
    }

    /** Makes names safe. */
    void force() throws IOException {
        if (files.exists(path)) {
            files.forceDirectory(path);
            files.forceDirectory(path.getParent());
        }
    }
}
