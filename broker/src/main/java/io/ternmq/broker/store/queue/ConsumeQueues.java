package io.ternmq.broker.store.queue;

import io.ternmq.broker.store.ArrivalListener;
import io.ternmq.broker.store.EntryTag;
import io.ternmq.broker.store.Projection;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.file.DiskFullException;
import io.ternmq.broker.store.file.StoreFiles;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.SystemFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All consume queues: the projection that gives each message its place in its queue and tells those who listen. Owns the
 * queues and their files. Changed by the dispatcher's thread, read by any.
 */
public final class ConsumeQueues implements Projection, AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(ConsumeQueues.class);

    /** The queues' {@link #fingerprint} when they had come to a log position. */
    public record Noted(long position, long fingerprint) {}

    private static final long MIX = 0x9E3779B97F4A7C15L; // spreads neighbouring numbers

    private final StoreFiles files;
    private final OpenQueueFiles open;
    private final Path directory;
    private int fileBytes; // as configured, until files are found that have another length
    private final List<ArrivalListener> listeners;
    private final Map<String, EntryTag> entryTags;
    private final DroppedTopics dropped;

    private final ConcurrentHashMap<TopicQueue, ConsumeQueue> queues = new ConcurrentHashMap<>();

    // Of the files found at start.
    private Optional<Noted> expected = Optional.empty();
    private boolean isDamaged;
    private boolean isTrimmed; // which a note has to bear out

    // The dispatcher's thread alone.
    private final QueueLookup lookup = new QueueLookup();
    private final List<ConsumeQueue> touched = new ArrayList<>();
    private final List<ConsumeQueue> dirty = new ArrayList<>();

    private volatile int unforced; // how many are dirty; set by the dispatcher's thread, read by any

    /**
     * @param directory holds a directory for each topic, and in it one for each queue; beside it lies the list of
     *     deleted topics
     * @param fileBytes length of a new file
     * @param openFilesMax files kept open; 0 for a part of what the process may open
     * @param entryTags what entries carry beside the places of messages, by topic
     */
    public ConsumeQueues(
            StoreFiles files,
            Path directory,
            int fileBytes,
            int openFilesMax,
            List<ArrivalListener> listeners,
            Map<String, EntryTag> entryTags) {
        this.files = files;
        this.open = new OpenQueueFiles(new QueueFilesAllowed(openFilesMax));
        this.directory = directory;
        this.fileBytes = fileBytes;
        this.listeners = List.copyOf(listeners);
        this.entryTags = Map.copyOf(entryTags);
        this.dropped = new DroppedTopics(files, directory.resolveSibling("droppedtopics"));
    }

    /**
     * Finds the queues that are there. They can be used after {@link #rewindTo}.
     *
     * @param noted what was noted about them, if anything
     * @param logBegins where the log begins
     * @param isAllNoted whether they are known not to have changed since, nor any of them to be new
     */
    public void load(Optional<Noted> noted, long logBegins, boolean isAllNoted) throws IOException {
        expected = noted;
        dropped.load();
        FoundQueues found = new FoundQueues(files, directory);
        fileBytes = found.fileBytes(fileBytes);
        for (FoundQueues.Found one : found.all()) {
            QueueFiles itsFiles = QueueFiles.of(one, files, open, fileBytes, logBegins, isAllNoted);
            isDamaged |= itsFiles.isDamaged();
            isTrimmed |= itsFiles.isTrimmed();
            add(queueOf(one.name(), itsFiles));
        }
    }

    public Optional<ConsumeQueue> find(TopicQueue queue) {
        return Optional.ofNullable(queues.get(queue));
    }

    public Collection<ConsumeQueue> all() {
        return Collections.unmodifiableCollection(queues.values());
    }

    /** How many have had messages since {@link #takeUnforced} was called last. Any thread. */
    public int unforced() {
        return unforced;
    }

    /** Queue files open now. */
    public int openFiles() {
        return open.count();
    }

    /** Throws all queues away: there is no log that they could belong to. */
    public void removeAll() throws IOException {
        for (ConsumeQueue queue : List.copyOf(queues.values())) {
            drop(queue);
        }
    }

    /**
     * Removes a topic's queues, and has records below {@code position} not bring them back. Dispatcher's thread.
     *
     * @param position where the log ended when the topic was deleted
     */
    public void drop(String topic, long position) throws IOException {
        dropped.add(topic, position); // first: what a kill leaves of the queues is removed at the next start
        for (ConsumeQueue queue : List.copyOf(queues.values())) {
            if (queue.name().topic().equals(topic)) {
                drop(queue);
            }
        }
        files.delete(directory.resolve(topic));
    }

    /** At start: the log ends at {@code position}, so that no topic was deleted behind it. */
    public void logEndsAt(long position) throws IOException {
        dropped.endAt(position);
    }

    @Override
    public String name() {
        return "consume queues";
    }

    @Override
    public void rewindTo(long position) throws IOException {
        for (ConsumeQueue queue : List.copyOf(queues.values())) {
            queue.rewindTo(position);
            if (dropped.covers(queue.name().topic(), queue.lastPosition())) {
                logger.warn("Queue of a deleted topic was left behind and is removed. queue={}", queue.name());
                drop(queue); // its topic's directory stays, empty, until the topic comes again
            }
        }
    }

    /**
     * Queues of which files are missing or were cut short are all derived again: the log is read from its beginning for
     * one as for all, and what the others have is not given to them twice.
     */
    @Override
    public long resumeAt(long position) {
        boolean isAsNoted = expected.filter(noted -> noted.position() == position)
                .map(noted -> noted.fingerprint() == fingerprint())
                .orElse(!isTrimmed);
        return queues.isEmpty() || isDamaged || !isAsNoted ? 0 : position;
    }

    /**
     * Differs, as good as always, from what it was when there were other queues, or other files of them, or when they
     * had other ends. Dispatcher's thread.
     */
    public long fingerprint() {
        long sum = 0; // whatever the order
        for (ConsumeQueue queue : queues.values()) {
            long hash = queue.name().topic().hashCode() * 31L + queue.name().queueId();
            sum += ((hash * MIX + queue.firstFilesOffset()) * MIX + queue.maxOffset()) * MIX;
        }
        return sum;
    }

    @Override
    public void project(MessageRecord record) throws IOException {
        int transaction = SystemFlags.transaction(record.sysFlag());
        if (transaction == SystemFlags.TRANSACTION_PREPARED || transaction == SystemFlags.TRANSACTION_ROLLBACK) {
            return; // in no queue
        }
        if (record.position() < dropped.limit() && dropped.covers(record.topic(), record.position())) {
            return; // only when derived anew
        }
        ConsumeQueue queue = lookup.find(record).orElseGet(() -> addNew(record));
        long offset = record.queueOffset();
        long next = queue.nextOffset();
        if (offset < next) {
            if (record.position() <= queue.lastPosition()) {
                return; // given again after an unclean stop
            }
            logger.info(
                    "Queue begins anew: its topic was deleted and made again. queue={} offset={} was={}",
                    queue.name(),
                    offset,
                    next);
            settleEarly(queue);
            queue.restart();
            next = 0;
        }
        if (offset > next) {
            if (!queue.isEmpty()) {
                logger.warn(
                        "Queue has a gap: records are missing in the log. queue={} from={} to={}",
                        queue.name(),
                        next,
                        offset);
            }
            settleEarly(queue);
            markDirty(queue);
            queue.skipTo(offset, record.position());
        }
        if (!queue.hasPending()) {
            touched.add(queue);
        }
        queue.add(record);
    }

    @Override
    public Optional<String> settle() throws IOException {
        while (!touched.isEmpty()) {
            // From the end, and each only once it is settled: after an error those left are settled by the next call.
            ConsumeQueue queue = touched.get(touched.size() - 1);
            try {
                settle(queue);
            } catch (DiskFullException e) {
                return Optional.of(e.getMessage());
            }
            touched.remove(touched.size() - 1);
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> writeOut() throws IOException {
        for (ConsumeQueue queue : dirty) {
            try {
                queue.writeOut();
            } catch (DiskFullException e) {
                return Optional.of(e.getMessage());
            }
        }
        return Optional.empty();
    }

    @Override
    public Forcing takeUnforced() {
        List<ConsumeQueue> taken = List.copyOf(dirty);
        dirty.forEach(ConsumeQueue::takeDirty);
        dirty.clear();
        unforced = 0;
        return () -> {
            for (ConsumeQueue queue : taken) {
                queue.force();
            }
            if (!taken.isEmpty()) {
                files.forceDirectory(directory);
            }
        };
    }

    @Override
    public void prune(long minPosition) throws IOException {
        dropped.prune(minPosition);
        for (ConsumeQueue queue : queues.values()) {
            if (queue.prune(minPosition)) {
                markDirty(queue); // the next note says with which file it begins
            }
        }
    }

    /** Closes all files. */
    @Override
    public void close() {
        open.closeAll();
    }

    private void settle(ConsumeQueue queue) throws IOException {
        markDirty(queue);
        queue.settle();
    }

    // Before anything of it is settled: a queue that is not in the list is in no checkpoint.
    private void markDirty(ConsumeQueue queue) {
        if (queue.markDirty()) {
            dirty.add(queue);
            unforced = dirty.size();
        }
    }

    private void settleEarly(ConsumeQueue queue) throws IOException {
        if (queue.hasPending()) {
            settle(queue);
            touched.remove(queue);
        }
    }

    private ConsumeQueue addNew(MessageRecord record) {
        TopicQueue name = new TopicQueue(record.topic(), record.queueId());
        QueueFiles itsFiles = new QueueFiles(files, open, directoryOf(name), fileBytes);
        return add(queueOf(name, itsFiles));
    }

    private ConsumeQueue queueOf(TopicQueue name, QueueFiles itsFiles) {
        String topic = name.topic();
        EntryTag tag = entryTags.getOrDefault(topic, EntryTag.HASH);
        List<ArrivalListener> its =
                listeners.stream().filter(listener -> listener.listensTo(topic)).toList();
        return new ConsumeQueue(name, itsFiles, tag, its.size() == listeners.size() ? listeners : its);
    }

    private ConsumeQueue add(ConsumeQueue queue) {
        queues.put(queue.name(), queue);
        lookup.add(queue);
        return queue;
    }

    private void drop(ConsumeQueue queue) throws IOException {
        queues.remove(queue.name());
        lookup.remove(queue);
        dirty.remove(queue);
        unforced = dirty.size();
        queue.remove();
    }

    private Path directoryOf(TopicQueue name) {
        return directory.resolve(name.topic()).resolve(Integer.toString(name.queueId()));
    }
}
