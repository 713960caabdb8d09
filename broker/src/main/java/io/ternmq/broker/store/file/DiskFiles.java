package io.ternmq.broker.store.file;

import io.ternmq.common.file.DirectoryLock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The machine's own file systems. */
public final class DiskFiles implements StoreFiles {
    // Of the few directories whose space is asked for every second: finding one reads the machine's table of mounts.
    private final Map<Path, FileStore> fileSystems = new ConcurrentHashMap<>(); // any thread

    @Override
    public Closeable lock(Path directory) throws IOException {
        return DirectoryLock.acquire(directory)::close;
    }

    @Override
    public StoreFile open(Path path) throws IOException {
        return new DiskFile(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public StoreFile create(Path path, long bytes) throws IOException {
        DiskFile file =
                new DiskFile(path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        try {
            file.resize(bytes);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        return file;
    }

    @Override
    public boolean exists(Path path) {
        return Files.exists(path);
    }

    @Override
    public long size(Path path) throws IOException {
        return Files.size(path); // without opening it: a store may have ten thousand
    }

    @Override
    public List<String> fileNames(Path directory) throws IOException {
        return names(directory, path -> Files.isRegularFile(path));
    }

    @Override
    public List<String> directoryNames(Path directory) throws IOException {
        return names(directory, path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public void makeDirectory(Path directory) throws IOException {
        Files.createDirectories(directory);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        // A directory opened for reading can be forced where directories have names to lose; elsewhere it cannot be
        // opened at all, and there the names are safe by themselves.
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public DiskSpace space(Path directory) throws IOException {
        FileStore store = fileSystems.get(directory);
        if (store == null) {
            store = Files.getFileStore(directory);
            fileSystems.put(directory, store);
        }
        return new DiskSpace(store.getTotalSpace(), store.getUsableSpace());
    }

    private static List<String> names(Path directory, Predicate<Path> kind) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            for (Path path : paths) {
                if (kind.test(path)) {
                    names.add(path.getFileName().toString());
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of(); // asked for in one call: a start looks at very many directories
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        names.sort(null);
        return List.copyOf(names);
    }
}
