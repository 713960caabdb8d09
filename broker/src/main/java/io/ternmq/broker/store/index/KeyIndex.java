package io.ternmq.broker.store.index;

import io.ternmq.broker.store.IndexConfig;
import io.ternmq.broker.store.Projection;
import io.ternmq.broker.store.file.DiskFullException;
import io.ternmq.broker.store.index.IndexOpening.Opened;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.SystemFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of messages by key: the projection that notes for each key of a record where in the log it lies. Owns the
 * index files. Changed by the dispatcher's thread, read by any.
 */
public final class KeyIndex implements Projection, AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(KeyIndex.class);

    /** Keys of one record that are indexed at most: more than any sender means. */
    static final int KEYS_OF_RECORD_MAX = GrowingIndexFile.WRITE_MAX;

    private final IndexDirectory directory;
    private final IndexLayout layout;
    private final OldestRecords oldest;

    private volatile IndexPart[] row = {}; // oldest first; replaced by the dispatcher's thread, never changed in place

    // The dispatcher's thread alone.
    private final PendingKeys pending = new PendingKeys();
    private final List<FullFile> full = new ArrayList<>();
    private Optional<GrowingIndexFile> growing = Optional.empty();
    private Optional<Path> begun = Optional.empty(); // a file that could not be made for lack of space
    private boolean hasNewNames;
    private long resumeFrom; // at start: a record begins here that is not above the next
    private long taken; // records that begin below were taken in
    private long settled; // and written
    private long noted;

    /** A file whose slots are written and that is still to be forced. */
    private static final class FullFile {
        private final GrowingIndexFile file;
        private final IndexNote note;
        private boolean isFinished; // by the one that forces

        FullFile(GrowingIndexFile file, IndexNote note) {
            this.file = file;
            this.note = note;
        }

        void finish() throws IOException {
            if (!isFinished) {
                file.finish(note);
                file.close();
                isFinished = true;
            }
        }
    }

    public KeyIndex(IndexDirectory directory, IndexConfig config, OldestRecords oldest) {
        this.directory = directory;
        this.layout = new IndexLayout(config.slots(), config.entriesMax());
        this.oldest = oldest;
    }

    /** Store time of the newest record with a key that it knows; 0 if it knows none. */
    public long indexedMillis() {
        IndexPart[] all = row;
        return all.length == 0 ? 0 : all[all.length - 1].header().endMillis();
    }

    /** Commit-log position of that record. */
    public long indexedPosition() {
        IndexPart[] all = row;
        return all.length == 0 ? 0 : all[all.length - 1].header().endPosition();
    }

    /**
     * Finds where records may lie that have a key, newest first. Others whose keys have the same hash are among them, and
     * such that are up to a second too old or too young: whoever takes them looks at the records. May wait for the disk.
     */
    public void search(String topic, String key, long fromMillis, long toMillis, KeyCandidates candidates)
            throws IOException {
        KeySearch search = new KeySearch(RecordKeys.hashOf(topic, key), fromMillis, toMillis, candidates);
        IndexPart[] all = row;
        for (int i = all.length - 1; i >= 0 && !search.isOver(); i--) {
            if (search.mayBeIn(all[i].header())) {
                all[i].search(search);
            }
        }
    }

    @Override
    public String name() {
        return "key index";
    }

    @Override
    public void rewindTo(long position) throws IOException {
        closeGrowing();
        Opened opened = new IndexOpening(directory, layout, position).open();
        List<IndexPart> parts = new ArrayList<>(opened.sealed());
        opened.growing().ifPresent(parts::add);
        row = parts.toArray(IndexPart[]::new);
        growing = opened.growing();
        resumeFrom = opened.from();
        taken = opened.reached();
        settled = taken;
        noted = taken;
    }

    @Override
    public long resumeAt(long position) throws IOException {
        IndexPart[] all = row;
        if (all.length > 0) {
            long begin = all[0].header().beginPosition();
            OptionalLong missing = oldest.find(this::hasKey, Math.min(begin, position));
            if (missing.isPresent()) {
                logger.warn(
                        "Index lacks its oldest files and is derived again. from={} begin={}",
                        missing.getAsLong(),
                        begin);
                removeAll();
            }
        }
        return Math.min(resumeFrom, position);
    }

    @Override
    public boolean mayLag() {
        return true; // what it lacks is not found for a while; a start must not wait for it
    }

    @Override
    public void project(MessageRecord record) {
        if (record.position() < taken) {
            return; // given again
        }
        taken = record.position() + 1;
        int limit = pending.count() + Math.min(KEYS_OF_RECORD_MAX, layout.entriesMax() - 1);
        forEachKey(record, hash -> {
            if (pending.count() < limit) {
                pending.add(hash, record.position(), record.storeMillis());
            }
        });
        taken = record.position() + record.size();
    }

    @Override
    public Optional<String> settle() throws IOException {
        try {
            while (!pending.isEmpty()) {
                GrowingIndexFile file = growing.isPresent() ? growing.get() : begin();
                int count = pending.wholeRecords(Math.min(file.room(), GrowingIndexFile.WRITE_MAX));
                if (count == 0) {
                    seal(file); // no room for the keys of one record, which stay together
                } else {
                    file.append(pending, count);
                    pending.drop(count);
                }
            }
        } catch (DiskFullException e) {
            return Optional.of(e.getMessage());
        }
        settled = taken;
        return Optional.empty();
    }

    @Override
    public Forcing takeUnforced() {
        List<FullFile> toFinish = List.copyOf(full);
        full.clear();
        Optional<GrowingIndexFile> toForce = noted == settled ? Optional.empty() : growing;
        IndexNote note = noteOf(settled, growing);
        noted = settled;
        boolean isNamesForced = hasNewNames;
        hasNewNames = false;
        return () -> {
            for (FullFile file : toFinish) {
                file.finish();
            }
            if (toForce.isPresent()) {
                toForce.get().force(note);
            }
            if (isNamesForced) {
                directory.force();
            }
        };
    }

    @Override
    public void prune(long minPosition) throws IOException {
        IndexPart[] all = row;
        int first = 0;
        while (first < all.length - 1
                && all[first] instanceof SealedIndexFile file
                && file.header().endPosition() < minPosition) {
            first++;
        }
        if (first > 0) {
            row = Arrays.copyOfRange(all, first, all.length);
            for (int i = 0; i < first; i++) {
                directory.delete(((SealedIndexFile) all[i]).path());
            }
            hasNewNames = true;
            logger.info("Index files of removed messages removed. files={} minPosition={}", first, minPosition);
        }
    }

    /** Brings the newest file to its end and closes it; nothing is given any more. What fails is derived again. */
    @Override
    public void close() {
        try {
            for (FullFile file : full) {
                file.finish();
            }
            if (growing.isPresent()) {
                GrowingIndexFile file = growing.get();
                try {
                    file.writeSlots();
                    file.finish(noteOf(settled, growing));
                } finally {
                    file.releaseSlots();
                    file.close();
                }
            }
        } catch (IOException e) {
            logger.warn("The newest index file was not brought to its end; the next start does it.", e);
        }
    }

    private void removeAll() throws IOException {
        closeGrowing();
        row = new IndexPart[0];
        for (Path file : directory.existing()) {
            directory.delete(file);
        }
        resumeFrom = 0;
        taken = 0;
        settled = 0;
        noted = 0;
    }

    private void closeGrowing() throws IOException {
        if (growing.isPresent()) {
            growing.get().releaseSlots();
            growing.get().close();
            growing = Optional.empty();
        }
    }

    private boolean hasKey(MessageRecord record) {
        boolean[] has = new boolean[1];
        forEachKey(record, hash -> has[0] = true);
        return has[0];
    }

    private void forEachKey(MessageRecord record, RecordKeys.Sink sink) {
        if (SystemFlags.transaction(record.sysFlag()) != SystemFlags.TRANSACTION_ROLLBACK) {
            RecordKeys.forEach(record, sink);
        }
    }

    private GrowingIndexFile begin() throws IOException {
        Path path = begun.isPresent() ? begun.get() : directory.next();
        begun = Optional.of(path);
        GrowingIndexFile file = GrowingIndexFile.create(directory, path, layout);
        begun = Optional.empty();
        hasNewNames = true;
        growing = Optional.of(file);
        IndexPart[] more = Arrays.copyOf(row, row.length + 1);
        more[row.length] = file;
        row = more;
        return file;
    }

    private void seal(GrowingIndexFile file) throws IOException {
        file.writeSlots();
        full.add(new FullFile(file, noteOf(pending.position(0), growing)));
        IndexPart[] changed = row.clone();
        changed[changed.length - 1] = new SealedIndexFile(directory.files(), file.path(), layout, file.header());
        row = changed;
        file.releaseSlots();
        growing = Optional.empty();
    }

    private static IndexNote noteOf(long position, Optional<GrowingIndexFile> file) {
        return new IndexNote(
                position,
                file.map(GrowingIndexFile::header).orElse(IndexHeader.EMPTY).next());
    }
}
