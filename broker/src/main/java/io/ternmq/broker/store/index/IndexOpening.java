package io.ternmq.broker.store.index;

import io.ternmq.broker.store.file.DiskFullException;
import io.ternmq.broker.store.file.StoreFile;
import io.ternmq.broker.store.file.StoreFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out at start which index files can be believed, removes the others, and makes the newest one ready to grow on.
 * Files are believed from the oldest on, up to the first that is damaged or does not follow the one before it: what
 * comes later is derived again. Used once.
 */
final class IndexOpening {
    private static final Logger logger = LoggerFactory.getLogger(IndexOpening.class);

    private final IndexDirectory directory;
    private final StoreFiles files;
    private final IndexLayout layout;
    private final long limit;

    private final List<SealedIndexFile> sealed = new ArrayList<>();
    private Optional<GrowingIndexFile> growing = Optional.empty();
    private Place place = new Place(0, 0);

    /**
     * How far the index has come.
     *
     * @param reached records that begin below it are indexed
     * @param from where a record begins that is not above it
     */
    private record Place(long reached, long from) {}

    /** What was found. */
    record Opened(List<SealedIndexFile> sealed, Optional<GrowingIndexFile> growing, long reached, long from) {}

    private record Contents(IndexHeader header, Optional<IndexNote> note) {

        /** Whether the header describes the whole file: we note the same number, others note nothing. */
        boolean isComplete(IndexLayout layout) {
            return !header.isEmpty()
                    && header.isPlausible(layout)
                    && note.map(IndexNote::next).orElse(0) <= header.next();
        }

        int next(IndexLayout layout) {
            return isComplete(layout)
                    ? header.next()
                    : note.map(IndexNote::next).orElse(1);
        }

        /** A note counts only if nobody has added anything since. */
        Optional<IndexNote> currentNote(IndexLayout layout) {
            return note.filter(noted -> noted.next() == next(layout));
        }

        Place place(IndexLayout layout) {
            return currentNote(layout)
                    .map(noted -> new Place(noted.position(), noted.position()))
                    .orElse(new Place(header.endPosition() + 1, header.endPosition()));
        }
    }

    /** @param limit what points at or above this log position is removed, since it is given again */
    IndexOpening(IndexDirectory directory, IndexLayout layout, long limit) {
        this.directory = directory;
        this.files = directory.files();
        this.layout = layout;
        this.limit = limit;
    }

    Opened open() throws IOException {
        directory.removeSlots();
        List<Path> paths = directory.existing();
        boolean isBelieved = true;
        for (int i = 0; i < paths.size(); i++) {
            Optional<Path> next = i + 1 < paths.size() ? Optional.of(paths.get(i + 1)) : Optional.empty();
            isBelieved = isBelieved && take(paths.get(i), next);
            if (!isBelieved) {
                logger.warn("Index file is removed; what it held is derived again. file={}", paths.get(i));
                directory.delete(paths.get(i));
            }
            isBelieved = isBelieved && growing.isEmpty();
        }
        return new Opened(
                List.copyOf(sealed), growing, Math.min(place.reached(), limit), Math.min(place.from(), limit));
    }

    // False if the file cannot be believed.
    private boolean take(Path path, Optional<Path> next) throws IOException {
        StoreFile file = files.open(path);
        boolean isKept = false;
        try {
            if (file.size() != layout.fileBytes()) {
                return false;
            }
            Contents contents = new Contents(
                    IndexHeader.from(read(file, 0, IndexHeader.BYTES)),
                    IndexNote.from(read(file, layout.noteAt(), IndexEntry.BYTES)));
            IndexHeader header = contents.header();
            if (!isBelievable(file, contents)) {
                return false;
            }
            if (contents.isComplete(layout) && header.endPosition() < limit && isFollowed(contents, next)) {
                sealed.add(new SealedIndexFile(files, path, layout, header));
                place = contents.place(layout);
                return true;
            }
            isKept = grow(file, contents);
            return isKept;
        } finally {
            if (!isKept) {
                file.close();
            }
        }
    }

    private boolean isBelievable(StoreFile file, Contents contents) throws IOException {
        int next = contents.next(layout);
        long begin = contents.header().beginPosition();
        return next > 1
                && next <= layout.entriesMax()
                && begin >= place.from()
                && begin < limit
                && entryAt(file, 1).position() == begin;
    }

    // Whether the next file goes on where this one ends. If it does not, something is missing, or this header is of a
    // time before the file was full; it is then looked at as one that grows.
    private boolean isFollowed(Contents contents, Optional<Path> next) throws IOException {
        if (next.isEmpty()) {
            return false;
        }
        try (StoreFile file = files.open(next.get())) {
            long begin = IndexHeader.from(read(file, 0, IndexHeader.BYTES)).beginPosition();
            return contents.currentNote(layout).isPresent()
                    ? begin == contents.place(layout).reached()
                    : begin >= contents.header().endPosition();
        }
    }

    private boolean grow(StoreFile file, Contents contents) throws IOException {
        int next = contents.next(layout);
        Place reached = contents.place(layout);
        if (reached.reached() > limit) {
            next = firstAtOrAbove(file, limit, next);
            reached = new Place(limit, limit);
        }
        boolean isWhole = next == contents.header().next() && contents.isComplete(layout);
        try {
            growing = isWhole ? loaded(file, contents.header()) : Optional.empty();
            if (growing.isEmpty()) {
                growing = Optional.of(derived(file, contents.header(), next, reached));
            }
        } catch (DiskFullException e) {
            logger.warn("No space to go on with the newest index file. file={}", file.path(), e);
            return false; // what it takes up is given back
        }
        place = reached;
        return true;
    }

    // The file with its own slots; empty if they do not agree with the header.
    private Optional<GrowingIndexFile> loaded(StoreFile file, IndexHeader header) throws IOException {
        GrowingSlots slots = GrowingSlots.create(directory, file.path(), layout);
        boolean isKept = false;
        try {
            isKept = IndexSlots.load(file, layout, header, slots);
        } finally {
            if (!isKept) {
                slots.release();
            }
        }
        return isKept ? Optional.of(new GrowingIndexFile(files, file, layout, slots, header)) : Optional.empty();
    }

    private GrowingIndexFile derived(StoreFile file, IndexHeader before, int next, Place reached) throws IOException {
        GrowingSlots slots = GrowingSlots.create(directory, file.path(), layout);
        boolean isKept = false;
        try {
            IndexHeader header = derive(file, before, next, slots);
            IndexSlots.clear(file, layout);
            file.write(header.unfinished().toBytes(), 0);
            file.write(new IndexNote(reached.reached(), next).toBytes(), layout.noteAt());
            file.force();
            isKept = true;
            return new GrowingIndexFile(files, file, layout, slots, header);
        } finally {
            if (!isKept) {
                slots.release();
            }
        }
    }

    private IndexHeader derive(StoreFile file, IndexHeader header, int next, GrowingSlots slots) throws IOException {
        int used = IndexSlots.derive(file, layout, next, slots);
        IndexEntry last = entryAt(file, next - 1);
        logger.info(
                "Slots of the newest index file are derived from its entries. file={} entries={}", file.path(), next);
        return new IndexHeader(
                header.beginMillis(),
                last.latestMillis(header.beginMillis()),
                header.beginPosition(),
                last.position(),
                used,
                next);
    }

    // Number of the first entry that points at or above a position; entries are in the order of positions.
    private int firstAtOrAbove(StoreFile file, long position, int next) throws IOException {
        int low = 1;
        int high = next;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entryAt(file, middle).position() >= position) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private IndexEntry entryAt(StoreFile file, int number) throws IOException {
        return new IndexEntry().wrap(read(file, layout.entryAt(number), IndexEntry.BYTES), 0);
    }

    private static ByteBuffer read(StoreFile file, long position, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        file.read(buffer, position);
        return buffer.rewind();
    }
}
