package io.ternmq.broker.store.queue;

import io.ternmq.broker.store.file.Leased;
import io.ternmq.broker.store.file.StoreFile;
import io.ternmq.broker.store.file.StoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file of a consume queue, opened when it is used and closed when others are used more. Owns the open file. Any
 * thread reads; the dispatcher's thread writes.
 */
final class QueueFile {
    private static final Logger logger = LoggerFactory.getLogger(QueueFile.class);

    private final StoreFiles files;
    private final OpenQueueFiles open;
    private final Path path;
    private final long base;
    private final int length;

    private volatile Handle handle; // set by whoever opens, cleared by whoever evicts; null while closed
    private volatile boolean isUsed; // since the last look of the one that evicts
    private volatile boolean isDirty; // raised by the dispatcher's thread, lowered by whoever forces
    private boolean isRemoved; // guarded by this object's lock

    /**
     * @param base bytes of the queue before this file
     * @param length of the file, whether it exists or not
     */
    QueueFile(StoreFiles files, OpenQueueFiles open, Path path, long base, int length) {
        this.files = files;
        this.open = open;
        this.path = path;
        this.base = base;
        this.length = length;
    }

    long base() {
        return base;
    }

    long end() {
        return base + length;
    }

    /** Reads until {@code target} is full. False, with nothing read, if the file was removed. */
    boolean read(ByteBuffer target, long queuePosition) throws IOException {
        Handle leased = lease();
        if (leased == null) {
            return false;
        }
        try {
            int wanted = target.remaining();
            int count = leased.file.read(target, queuePosition - base);
            if (count < wanted) {
                throw new IOException(path + " ends " + (wanted - count) + " bytes too early");
            }
            return true;
        } finally {
            leased.release();
        }
    }

    void write(ByteBuffer source, long queuePosition) throws IOException {
        Handle leased = leaseForWriting();
        try {
            leased.file.write(source, queuePosition - base);
            isDirty = true;
        } finally {
            leased.release();
        }
    }

    /** Makes everything from a position of the queue on zeros without blocks. */
    void clearFrom(long queuePosition) throws IOException {
        Handle leased = leaseForWriting();
        try {
            leased.file.resize(queuePosition - base);
            leased.file.resize(length);
        } finally {
            leased.release();
        }
    }

    /** Lengthens a file that was cut short to {@code found} bytes. */
    void repair(long found) throws IOException {
        if (found >= length) {
            return;
        }
        logger.warn("Queue file was cut short and is lengthened. file={} bytes={} expected={}", path, found, length);
        Handle leased = leaseForWriting();
        try {
            leased.file.resize(length);
        } finally {
            leased.release();
        }
    }

    /** Forces what was written since the last time. Any thread; nothing if the file was removed. */
    void forceIfDirty() throws IOException {
        if (!isDirty) {
            return;
        }
        isDirty = false; // before: a write during the force makes it dirty again
        Handle leased = lease();
        if (leased != null) {
            try {
                leased.file.force();
            } finally {
                leased.release();
            }
        }
    }

    /** Deletes the file; those who read it finish. */
    void remove() throws IOException {
        synchronized (this) {
            isRemoved = true;
        }
        close();
        files.delete(path);
    }

    /** Whether it was used since the last call. */
    boolean takeUsed() {
        boolean was = isUsed;
        isUsed = false;
        return was;
    }

    /** Closes the file until its next use. */
    void close() {
        Handle had;
        synchronized (this) {
            had = handle;
            handle = null;
        }
        if (had != null) {
            had.release();
        }
    }

    private Handle leaseForWriting() throws IOException {
        Handle leased = lease();
        if (leased == null) {
            throw new IllegalStateException(path + " is written to after its removal");
        }
        return leased;
    }

    // Null if the file was removed.
    private Handle lease() throws IOException {
        Handle current = handle;
        if (current != null && current.tryLease()) {
            if (!isUsed) {
                isUsed = true;
            }
            return current;
        }
        return openAndLease();
    }

    private Handle openAndLease() throws IOException {
        Handle opened;
        synchronized (this) {
            if (isRemoved) {
                return null;
            }
            if (handle != null && handle.tryLease()) {
                return handle;
            }
            opened = new Handle(files.exists(path) ? files.open(path) : files.create(path, length));
            opened.tryLease();
            handle = opened;
        }
        open.opened(this);
        return opened;
    }

    private static final class Handle extends Leased {
        private final StoreFile file;

        Handle(StoreFile file) {
            this.file = file;
        }

        @Override
        protected void dispose() {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close " + file.path(), e);
            }
        }
    }
}
