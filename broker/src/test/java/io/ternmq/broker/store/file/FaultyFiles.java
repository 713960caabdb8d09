package io.ternmq.broker.store.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * The real file system with faults that a test switches on and off: no space, writes cut short, forces that fail or
 * stall. Faults apply to files that a test names; switches may be set by any thread.
 */
public final class FaultyFiles implements StoreFiles {
    private final StoreFiles real = new DiskFiles();
    private final AtomicInteger forces = new AtomicInteger();
    private final AtomicInteger stalled = new AtomicInteger();
    private final Map<Path, BitSet> written = new ConcurrentHashMap<>(); // bytes, which take no space a second time
    private final AtomicLong space = new AtomicLong(Long.MAX_VALUE); // bytes that may still be written

    private volatile Predicate<Path> lacksSpace = path -> false;
    private volatile Predicate<Path> failsWrites = path -> false;
    private volatile Predicate<Path> failsForces = path -> false;
    private volatile Predicate<Path> stallsForces = path -> false;
    private volatile Predicate<Path> stallsWrites = path -> false;
    private volatile double pretendedUse = -1;
    private volatile boolean forcesReally = true;
    private volatile CountDownLatch stall = new CountDownLatch(0);

    /** Files whose path contains {@code part}, with {@code /} between names. */
    public static Predicate<Path> under(String part) {
        return path -> path.toString().replace('\\', '/').contains(part);
    }

    /** Writes to these files find only so much space; what was written before may be written again. */
    public void leaveSpace(Predicate<Path> files, long bytes) {
        space.set(bytes);
        lacksSpace = files;
    }

    /** The file system seems to be used to this part; -1 for what it really is. */
    public void pretendUsed(double ratio) {
        pretendedUse = ratio;
    }

    public void returnSpace() {
        lacksSpace = path -> false;
    }

    /** Writes to these files write half of what they are given and then fail. */
    public void failWrites(Predicate<Path> files) {
        failsWrites = files;
    }

    public void failForces(Predicate<Path> files) {
        failsForces = files;
    }

    /** Forces of these files wait until {@link #endStall()}. */
    public void stallForces(Predicate<Path> files) {
        stall = new CountDownLatch(1);
        stallsForces = files;
    }

    /** Writes to these files wait until {@link #endStall()}. */
    public void stallWrites(Predicate<Path> files) {
        stall = new CountDownLatch(1);
        stallsWrites = files;
    }

    /** Writes and forces of all files wait until {@link #endStall()}. */
    public void stallAll() {
        stallForces(path -> true);
        stallsWrites = path -> true;
    }

    public void endStall() {
        stallsForces = path -> false;
        stallsWrites = path -> false;
        stall.countDown();
    }

    /** Writes and forces that wait now. */
    public int stalled() {
        return stalled.get();
    }

    /** Forces of files' content that were asked for, failed ones too. */
    public int forces() {
        return forces.get();
    }

    /** Forces succeed without asking the disk: for tests that end no machine, and open many stores. */
    public FaultyFiles withoutForces() {
        forcesReally = false;
        return this;
    }

    @Override
    public Closeable lock(Path directory) throws IOException {
        return real.lock(directory);
    }

    @Override
    public StoreFile open(Path path) throws IOException {
        return new FaultyFile(real.open(path));
    }

    @Override
    public StoreFile create(Path path, long bytes) throws IOException {
        StoreFile file = new FaultyFile(real.create(path, 0));
        file.resize(bytes);
        return file;
    }

    @Override
    public boolean exists(Path path) {
        return real.exists(path);
    }

    @Override
    public List<String> fileNames(Path directory) throws IOException {
        return real.fileNames(directory);
    }

    @Override
    public List<String> directoryNames(Path directory) throws IOException {
        return real.directoryNames(directory);
    }

    @Override
    public void makeDirectory(Path directory) throws IOException {
        real.makeDirectory(directory);
    }

    @Override
    public void delete(Path path) throws IOException {
        real.delete(path);
        written.remove(path);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        if (forcesReally) {
            real.forceDirectory(directory);
        }
    }

    @Override
    public DiskSpace space(Path directory) throws IOException {
        DiskSpace space = real.space(directory);
        double used = pretendedUse;
        return used < 0 ? space : new DiskSpace(space.totalBytes(), (long) (space.totalBytes() * (1 - used)));
    }

    private void beforeForce(Path path) throws IOException {
        forces.incrementAndGet();
        if (stallsForces.test(path)) {
            awaitStall();
        }
        if (failsForces.test(path)) {
            throw new IOException("the disk did not confirm " + path);
        }
    }

    private void awaitStall() throws IOException {
        stalled.incrementAndGet();
        try {
            stall.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            stalled.decrementAndGet();
        }
    }

    private final class FaultyFile implements StoreFile {
        private final StoreFile file;

        FaultyFile(StoreFile file) {
            this.file = file;
        }

        @Override
        public Path path() {
            return file.path();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            if (stallsWrites.test(path())) {
                awaitStall();
            }
            if (failsWrites.test(path())) {
                writePart(source, position, source.remaining() / 2);
                throw new IOException("cannot write to " + path());
            }
            int bytes = source.remaining();
            int more = bytes - writtenOf(position, bytes);
            if (lacksSpace.test(path()) && space.addAndGet(-more) < 0) {
                long left = Math.max(0, space.getAndSet(0) + more);
                writePart(source, position, (int) Math.min(left, bytes));
                throw new DiskFullException(path(), position, bytes, null);
            }
            file.write(source, position);
            noteWritten(position, bytes);
        }

        private int writtenOf(long position, int bytes) {
            BitSet all = written.computeIfAbsent(path(), path -> new BitSet());
            synchronized (all) {
                return all.get((int) position, (int) position + bytes).cardinality();
            }
        }

        private void noteWritten(long position, int bytes) {
            BitSet all = written.computeIfAbsent(path(), path -> new BitSet());
            synchronized (all) {
                all.set((int) position, (int) position + bytes);
            }
        }

        private void writePart(ByteBuffer source, long position, int bytes) throws IOException {
            ByteBuffer part = source.duplicate().limit(source.position() + bytes);
            file.write(part, position);
            source.position(part.position());
        }

        @Override
        public void resize(long bytes) throws IOException {
            file.resize(bytes);
            BitSet all = written.computeIfAbsent(path(), path -> new BitSet());
            synchronized (all) {
                all.clear((int) bytes, Math.max((int) bytes, all.length()));
            }
        }

        @Override
        public void force() throws IOException {
            beforeForce(path());
            if (forcesReally) {
                file.force();
            }
        }

        @Override
        public Mapping map(int bytes) throws IOException {
            Mapping mapping = file.map(bytes);
            return new Mapping() {
                @Override
                public ByteBuffer buffer() {
                    return mapping.buffer();
                }

                @Override
                public boolean isInMemory(int index, int length) {
                    return mapping.isInMemory(index, length);
                }

                @Override
                public void force(int index, int length) throws IOException {
                    beforeForce(path());
                    if (forcesReally) {
                        mapping.force(index, length);
                    }
                }

                @Override
                public void unmap() {
                    mapping.unmap();
                }
            };
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
