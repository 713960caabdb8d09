package io.ternmq.broker.store.queue;

import io.ternmq.broker.store.file.StoreFile;
import io.ternmq.broker.store.file.StoreFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one consume queue as one row of bytes. Owns the list of them, which the dispatcher's thread changes and
 * any thread reads. Each file has its full length from the moment it is made, sparse at first.
 */
final class QueueFiles {
    private static final Logger logger = LoggerFactory.getLogger(QueueFiles.class);

    private static final int BLANKS_AT_ONCE = 512;

    private final StoreFiles files;
    private final OpenQueueFiles open;
    private final Path directory;
    private final int fileBytes;
    private volatile QueueFile[] row = {}; // replaced, never changed in place
    private boolean isDamaged; // as found at start
    private boolean isTrimmed; // the same
    private volatile boolean hasChangedNames; // maybe; raised by the dispatcher's thread, lowered by whoever forces
    private volatile boolean isDirectoryRemoved; // raised by the dispatcher's thread

    /**
     * The files that are there, each lengthened to {@code fileBytes} where it was cut short. If one is missing in
     * between, those behind it are of no use and are removed; unless it is those before it that are of no use, since
     * retention had removed them and a power cut brought a part of them back.
     *
     * @param logBegins where the log begins: entries that point below are of no use
     * @param areNamesSafe whether their names are on the disk, which a process that was killed may not have seen to
     */
    static QueueFiles of(
            FoundQueues.Found found,
            StoreFiles files,
            OpenQueueFiles open,
            int fileBytes,
            long logBegins,
            boolean areNamesSafe)
            throws IOException {
        QueueFiles all = new QueueFiles(files, open, found.directory(), fileBytes);
        all.hasChangedNames = !areNamesSafe;
        for (FoundQueues.FoundFile file : found.files()) {
            boolean follows = all.isEmpty() || file.base() == all.lastPosition();
            if (!follows && all.endsBelow(logBegins) && all.isBegun(file)) {
                all.removeAll();
                all.isTrimmed = true;
                follows = true;
            }
            all.isDamaged |= !follows || file.base() % fileBytes != 0 || file.bytes() < fileBytes;
            if (follows) {
                all.add(file.base()).repair(file.bytes());
            } else {
                files.delete(found.directory().resolve(FoundQueues.nameOf(file.base())));
            }
        }
        return all;
    }

    QueueFiles(StoreFiles files, OpenQueueFiles open, Path directory, int fileBytes) {
        this.files = files;
        this.open = open;
        this.directory = directory;
        this.fileBytes = fileBytes;
    }

    /** Whether files were missing or cut short at start. */
    boolean isDamaged() {
        return isDamaged;
    }

    /** Whether it was taken for the work of retention that a file was missing at start. */
    boolean isTrimmed() {
        return isTrimmed;
    }

    boolean isEmpty() {
        return row.length == 0;
    }

    /** Where the first file begins; 0 if there is none. */
    long firstPosition() {
        QueueFile[] all = row;
        return all.length == 0 ? 0 : all[0].base();
    }

    /** Where the last file ends; 0 if there is none. */
    long lastPosition() {
        QueueFile[] all = row;
        return all.length == 0 ? 0 : all[all.length - 1].end();
    }

    /** Where the file begins that holds a position. */
    long baseOf(long position) {
        return position - position % fileBytes;
    }

    /** Reads until {@code target} is full. False if a file is not there, or no longer. */
    boolean read(long position, ByteBuffer target) throws IOException {
        QueueFile[] all = row;
        long at = position;
        int end = target.limit();
        while (target.position() < end) {
            int index = indexOf(all, at);
            if (index < 0) {
                return false;
            }
            int part = (int) Math.min(end - target.position(), all[index].end() - at);
            target.limit(target.position() + part);
            if (!all[index].read(target, at)) {
                return false;
            }
            target.limit(end);
            at += part;
        }
        return true;
    }

    /** Writes all of {@code source}, making files where they are missing. */
    void write(long position, ByteBuffer source) throws IOException {
        QueueFile[] before = row;
        long at = position;
        int end = source.limit();
        while (source.position() < end) {
            QueueFile file = fileFor(at);
            int part = (int) Math.min(end - source.position(), file.end() - at);
            source.limit(source.position() + part);
            file.write(source, at);
            source.limit(end);
            at += part;
        }
        if (row != before) {
            hasChangedNames = true; // once more: a force may have come between, when the names were not there yet
        }
    }

    /** Fills with entries that stand for no message. */
    void writeBlanks(long from, long to, long logPosition) throws IOException {
        ByteBuffer blanks = ByteBuffer.allocate(BLANKS_AT_ONCE * ConsumeQueueEntry.BYTES);
        while (blanks.hasRemaining()) {
            ConsumeQueueEntry.put(blanks, logPosition, ConsumeQueueEntry.BLANK_SIZE, 0);
        }
        long at = from;
        while (at < to) {
            int part = (int) Math.min(blanks.capacity(), to - at);
            write(at, blanks.clear().limit(part));
            at += part;
        }
    }

    /** Makes all from a position on zeros, and removes files that then hold nothing, but the first. */
    void clearFrom(long position) throws IOException {
        QueueFile[] all = row;
        int kept = all.length;
        while (kept > 1 && all[kept - 1].base() >= position) {
            kept--;
        }
        row = Arrays.copyOf(all, kept);
        for (int i = kept; i < all.length; i++) {
            all[i].remove();
        }
        if (kept > 0 && position < all[kept - 1].end() && isAnythingAt(all[kept - 1], position)) {
            all[kept - 1].clearFrom(position);
        }
    }

    /**
     * Removes files that end at or below a position, but the last.
     *
     * @return whether there were any: their names are gone for good once {@link #force} has been called
     */
    boolean removeBelow(long position) throws IOException {
        QueueFile[] all = row;
        int first = 0;
        while (first < all.length - 1 && all[first].end() <= position) {
            first++;
        }
        if (first > 0) {
            row = Arrays.copyOfRange(all, first, all.length);
            hasChangedNames = true;
            for (int i = 0; i < first; i++) {
                all[i].remove();
            }
            hasChangedNames = true; // once more: a force may have come between, when they were still there
        }
        return first > 0;
    }

    void removeAll() throws IOException {
        QueueFile[] all = row;
        row = new QueueFile[0];
        for (QueueFile file : all) {
            file.remove();
        }
    }

    /** Ends the queue, whose files are removed. */
    void removeDirectory() throws IOException {
        isDirectoryRemoved = true; // first: whoever then does not find it knows why
        files.delete(directory);
    }

    /** Forces what was written, and which files there are; nothing of what is removed meanwhile. Any thread. */
    void force() throws IOException {
        for (QueueFile file : row) {
            file.forceIfDirty();
        }
        if (hasChangedNames) {
            hasChangedNames = false;
            forceNames();
        }
    }

    private void forceNames() throws IOException {
        try {
            files.forceDirectory(directory);
            files.forceDirectory(directory.getParent());
        } catch (NoSuchFileException e) {
            if (!isDirectoryRemoved) {
                throw e;
            }
            logger.debug("Names of a queue that is gone need no safety. directory={}", directory, e);
        }
    }

    // Whether the last file is full, and points below a log position to its end.
    private boolean endsBelow(long logPosition) throws IOException {
        ByteBuffer entry = ByteBuffer.allocate(ConsumeQueueEntry.BYTES);
        read(lastPosition() - ConsumeQueueEntry.BYTES, entry);
        ConsumeQueueEntry last = new ConsumeQueueEntry().wrap(entry, 0);
        return last.isWritten() && last.position() < logPosition;
    }

    private boolean isBegun(FoundQueues.FoundFile found) throws IOException {
        if (found.bytes() < ConsumeQueueEntry.BYTES) {
            return false;
        }
        ByteBuffer entry = ByteBuffer.allocate(ConsumeQueueEntry.BYTES);
        try (StoreFile file = files.open(directory.resolve(FoundQueues.nameOf(found.base())))) {
            file.read(entry, 0);
        }
        return new ConsumeQueueEntry().wrap(entry, 0).isWritten();
    }

    private boolean isAnythingAt(QueueFile file, long position) throws IOException {
        ByteBuffer entry = ByteBuffer.allocate(ConsumeQueueEntry.BYTES);
        file.read(entry, position);
        return new ConsumeQueueEntry().wrap(entry, 0).isWritten();
    }

    private QueueFile fileFor(long position) throws IOException {
        QueueFile[] all = row;
        int index = indexOf(all, position);
        if (index >= 0) {
            return all[index];
        }
        if (all.length > 0 && position != lastPosition()) {
            throw new IllegalStateException(
                    "write at " + position + " of " + directory + ", which ends at " + lastPosition());
        }
        if (all.length == 0) {
            files.makeDirectory(directory);
        }
        hasChangedNames = true;
        return add(all.length == 0 ? baseOf(position) : position);
    }

    private QueueFile add(long base) {
        Path path = directory.resolve(FoundQueues.nameOf(base));
        QueueFile file = new QueueFile(files, open, path, base, fileBytes);
        QueueFile[] more = Arrays.copyOf(row, row.length + 1);
        more[row.length] = file;
        row = more;
        return file;
    }

    private int indexOf(QueueFile[] all, long position) {
        if (all.length == 0 || position < all[0].base() || position >= all[all.length - 1].end()) {
            return -1;
        }
        return (int) ((position - all[0].base()) / fileBytes);
    }
}
