package io.ternmq.broker.store.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A simulated disk as one process uses it, until that process ends. */
final class SimulatedFiles implements StoreFiles {
    private final SimulatedDisk disk;
    private final SimulatedDirectory root;
    private final long process;

    SimulatedFiles(SimulatedDisk disk, SimulatedDirectory root, long process) {
        this.disk = disk;
        this.root = root;
        this.process = process;
    }

    @Override
    public Closeable lock(Path directory) {
        makeDirectory(directory);
        return () -> {}; // ends with the process, and there is one at a time
    }

    @Override
    public StoreFile open(Path path) throws IOException {
        disk.checkAlive(process);
        return new OpenFile(path, root.content(path).orElseThrow(() -> new NoSuchFileException(path.toString())));
    }

    @Override
    public StoreFile create(Path path, long bytes) throws IOException {
        Optional<SimulatedContent> there = root.content(path);
        if (there.isEmpty()) {
            stopHere();
            parentOf(path).put(nameOf(path), new SimulatedContent(disk));
        }
        OpenFile file = new OpenFile(path, root.content(path).orElseThrow());
        try {
            file.resize(bytes);
        } catch (IOException e) {
            file.close();
            throw e;
        }
        return file;
    }

    @Override
    public boolean exists(Path path) {
        disk.checkAlive(process);
        return root.find(path).isPresent();
    }

    @Override
    public List<String> fileNames(Path directory) {
        return namesIn(directory, SimulatedContent.class);
    }

    @Override
    public List<String> directoryNames(Path directory) {
        return namesIn(directory, SimulatedDirectory.class);
    }

    @Override
    public void makeDirectory(Path directory) {
        SimulatedDirectory at = root;
        for (Path name : directory) {
            if (at.get(name.toString()).isEmpty()) {
                stopHere();
                at.put(name.toString(), new SimulatedDirectory());
            }
            at = (SimulatedDirectory) at.get(name.toString()).orElseThrow();
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        Optional<Object> there = root.find(path);
        if (there.isEmpty()) {
            return;
        }
        stopHere();
        if (there.get() instanceof SimulatedDirectory directory && !directory.isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        parentOf(path).remove(nameOf(path));
        if (there.get() instanceof SimulatedContent content) {
            content.unnamed();
        }
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        stopHere();
        if (disk.takeFailingForce()) {
            throw new IOException("the disk did not confirm the names in " + directory);
        }
        if (!disk.tells(SimulatedDisk.Lie.DIRECTORY_FORCES)) {
            root.directory(directory)
                    .orElseThrow(() -> new NoSuchFileException(directory.toString()))
                    .force();
        }
    }

    @Override
    public DiskSpace space(Path directory) {
        disk.checkAlive(process);
        return disk.space();
    }

    private List<String> namesIn(Path directory, Class<?> kind) {
        disk.checkAlive(process);
        return root.directory(directory).map(found -> found.names(kind)).orElse(List.of());
    }

    private SimulatedDirectory parentOf(Path path) throws IOException {
        return root.directory(path.getParent())
                .orElseThrow(() -> new NoSuchFileException(path.getParent().toString()));
    }

    private static String nameOf(Path path) {
        return path.getFileName().toString();
    }

    private void stopHere() {
        if (disk.isLast(process)) {
            throw disk.stop();
        }
    }

    private final class OpenFile implements StoreFile {
        private final Path path;
        private final SimulatedContent content;
        private boolean isOpen = true;

        OpenFile(Path path, SimulatedContent content) {
            this.path = path;
            this.content = content;
            content.opened();
        }

        @Override
        public Path path() {
            return path;
        }

        @Override
        public long size() {
            checkOpen();
            return content.length();
        }

        @Override
        public int read(ByteBuffer target, long position) {
            checkOpen();
            return content.read(target, (int) position);
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            checkOpen();
            disk.letOthersGoOn();
            boolean isLast = disk.isLast(process);
            boolean fails = !isLast && disk.takeFailingWrite();
            if (isLast || fails) {
                int half = halfOf(source, position);
                content.write(source.slice(source.position(), half), (int) position, path);
                source.position(source.position() + half);
            }
            if (isLast) {
                throw disk.stop();
            }
            if (fails) {
                throw new IOException("cannot write " + source.remaining() + " bytes at " + position + " of " + path);
            }
            content.write(source, (int) position, path);
            disk.letOthersGoOn();
        }

        // A system copies a page as a whole or not at all, whatever ends the process or the write.
        private int halfOf(ByteBuffer source, long position) {
            long end = position + source.remaining() / 2;
            return (int) Math.max(0, end - end % SimulatedDisk.PAGE_BYTES - position);
        }

        @Override
        public void resize(long bytes) throws IOException {
            checkOpen();
            if (bytes == content.length()) {
                return;
            }
            stopHere();
            if (bytes < content.length()) {
                content.cutTo((int) bytes);
            } else {
                content.write(ByteBuffer.wrap(new byte[1]), (int) bytes - 1, path);
            }
        }

        @Override
        public void force() throws IOException {
            checkOpen();
            force(0, content.length(), content::force);
        }

        private void force(int from, int to, Runnable work) throws IOException {
            disk.letOthersGoOn();
            stopHere();
            if (disk.takeFailingForce()) {
                content.failForce(from, to, disk.random());
                throw new IOException("the disk did not confirm " + path);
            }
            if (!disk.tells(SimulatedDisk.Lie.FORCES)) {
                work.run();
            }
            disk.letOthersGoOn();
        }

        @Override
        public Mapping map(int bytes) throws IOException {
            checkOpen();
            if (content.length() < bytes) {
                throw new IOException(path + " has " + content.length() + " bytes: cannot map " + bytes);
            }
            ByteBuffer buffer = content.map(bytes);
            return new Mapping() {
                private boolean isMapped = true;

                @Override
                public ByteBuffer buffer() {
                    return buffer;
                }

                @Override
                public boolean isInMemory(int index, int length) {
                    return isMapped;
                }

                @Override
                public void force(int index, int length) throws IOException {
                    OpenFile.this.force(index, index + length, () -> content.force(index, index + length));
                }

                @Override
                public void unmap() {
                    if (isMapped && disk.isAlive(process)) {
                        isMapped = false;
                        content.unmapped();
                    }
                }
            };
        }

        @Override
        public void close() {
            if (isOpen && disk.isAlive(process)) {
                isOpen = false;
                content.closed();
            }
        }

        private void checkOpen() {
            disk.checkAlive(process);
            if (!isOpen) {
                throw new AssertionError(path + " is used after its close");
            }
        }
    }
}
