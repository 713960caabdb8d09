package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.Projection;
import io.ternmq.broker.store.StoreConfig;
import io.ternmq.broker.store.StoreException;
import io.ternmq.broker.store.dispatch.LogDispatcher;
import io.ternmq.broker.store.engine.LogRecovery.Recovered;
import io.ternmq.broker.store.file.StoreFile;
import io.ternmq.broker.store.file.StoreFiles;
import io.ternmq.broker.store.index.IndexDirectory;
import io.ternmq.broker.store.index.KeyIndex;
import io.ternmq.broker.store.log.AppendPath;
import io.ternmq.broker.store.log.CommitLog;
import io.ternmq.broker.store.log.EncoderPool;
import io.ternmq.broker.store.log.LogFiles;
import io.ternmq.broker.store.log.LogProgress;
import io.ternmq.broker.store.log.LogState;
import io.ternmq.broker.store.log.QueueTails;
import io.ternmq.broker.store.log.StoreHealth;
import io.ternmq.broker.store.log.StoreHealth.Obstacle;
import io.ternmq.broker.store.queue.ConsumeQueue;
import io.ternmq.broker.store.queue.ConsumeQueues;
import io.ternmq.common.lifecycle.LifecycleStack;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.OwnedScheduler;
import io.ternmq.common.work.RungWorker;
import io.ternmq.common.work.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a store: lock, log, recovery, queues, workers, in this order, each pushed on what closes them in reverse. Used
 * once.
 */
final class StoreOpening {
    private static final Logger logger = LoggerFactory.getLogger(StoreOpening.class);

    static final Duration UPKEEP_PERIOD = Duration.ofSeconds(10);

    private final StoreConfig config;
    private final StoreFiles files;
    private final InetSocketAddress storeHost;
    private final Workers workers;
    private final Clock clock;
    private final StoreDoors doors;

    private final StoreHealth health = new StoreHealth();
    private final EncoderPool encoders = new EncoderPool();
    private final LifecycleStack closing = new LifecycleStack();

    /** @param workers what steps the store's workers: threads, or a test */
    StoreOpening(StoreConfig config, StoreFiles files, InetSocketAddress storeHost, Workers workers, StoreDoors doors) {
        this.config = config;
        this.files = files;
        this.storeHost = storeHost;
        this.workers = workers;
        this.clock = workers.clock();
        this.doors = doors;
    }

    LocalMessageStore open() {
        try {
            return new LocalMessageStore(build(), doors.interceptors());
        } catch (IOException | UncheckedIOException e) {
            closing.close();
            throw new StoreException(
                    "cannot open the store in " + config.root() + " (storePathRootDir): " + e.getMessage(), e);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private StoreParts build() throws IOException {
        closing.push("lock", files.lock(config.root()));
        Path abort = config.root().resolve("abort");
        boolean isClean = !files.exists(abort);
        if (!isClean) {
            logger.info("The last run of this store did not end cleanly. root={}", config.root());
        }
        LogFiles logFiles = new LogFiles(files);
        CommitLog log = closing.push("log", logFiles.open(config.commitLog(), config.segmentBytes()));
        Checkpoint checkpoint =
                closing.push("checkpoint", new Checkpoint(files, config.root().resolve("checkpoint")));
        Checkpoint.State noted = checkpoint.read();
        ConsumeQueues queues = closing.push("queues", loadQueues(log, noted, isClean));
        Optional<KeyIndex> index = openIndex(log);
        List<Projection> projections = new ArrayList<>(List.of(queues));
        index.ifPresent(projections::add);
        projections.addAll(doors.projections());
        Recovered recovered = new LogRecovery(log, logFiles, projections, clock).run(noted, isClean);
        queues.logEndsAt(recovered.report().end());
        checkpoint.forcedTo(recovered.report().end());
        LogProgress progress = new LogProgress(recovered.report().end(), recovered.dispatchFrom());
        LogState state = new LogState(log, progress, health, encoders, checkpoint);
        LogDispatcher dispatcher = new LogDispatcher(state, recovered.feeds(), doors.listeners(), clock);
        recovered.last().ifPresent(last -> dispatcher.resumeBehind(last.position(), last.storeMillis()));
        RungWorker dispatcherThread = workers.take("store-dispatcher", dispatcher, this::fail);
        doors.listeners().forEach(listener -> listener.attached(dispatcherThread::ring));
        if (progress.dispatched().position() < progress.readable().position()) {
            writeAbort(abort); // killed from here on, queues would be uneven
        }
        dispatchAll(dispatcher, progress);
        CheckpointKeeper checkpoints = new CheckpointKeeper(
                state,
                dispatcher,
                dispatcherThread::ring,
                projections,
                queues::fingerprint,
                queues::unforced,
                checkpoint);
        noted.place().filter(recovered::goesOnFrom).ifPresent(checkpoints::resumeBehind);
        checkpoints.stepAlone(); // before the mark of a run: a start that ends early is as if it had not been
        requireHealth();
        writeAbort(abort);

        LogAccess access = new LogAccess(
                log,
                progress,
                config.limits().hotBytes(),
                new CachedReach(config.limits().cachedBytes()));
        Retention retention = new Retention(
                files,
                config.commitLog(),
                log,
                progress,
                access,
                config.retention(),
                new Retention.Parts(health, checkpoints, clock, ZoneId.systemDefault()));
        Upkeep upkeep = new Upkeep(state, dispatcher, projections, checkpoints, retention);
        upkeep.runAlone(); // a disk that is too full is known before the first message
        closing.push("end of the run", () -> endRun(dispatcher, progress, checkpoints, abort));
        return start(
                state,
                queues,
                access,
                new KeyReader(index, access, config.index().foundMax()),
                new Dispatching(dispatcher, dispatcherThread),
                new Keeping(recovered.report(), upkeep, checkpoints));
    }

    private Optional<KeyIndex> openIndex(CommitLog log) {
        if (!config.index().isEnabled()) {
            return Optional.empty();
        }
        IndexDirectory directory =
                new IndexDirectory(files, config.root().resolve("index"), clock, ZoneId.systemDefault());
        return Optional.of(
                closing.push("key index", new KeyIndex(directory, config.index(), new OldestKeyedRecord(log))));
    }

    private ConsumeQueues loadQueues(CommitLog log, Checkpoint.State noted, boolean isClean) throws IOException {
        ConsumeQueues queues = new ConsumeQueues(
                files,
                config.root().resolve("consumequeue"),
                config.queueFileBytes(),
                config.limits().openQueueFilesMax(),
                doors.listeners(),
                doors.entryTags());
        queues.load(
                noted.place().map(place -> new ConsumeQueues.Noted(place.dispatched(), place.fingerprint())),
                log.minPosition(),
                isClean && noted.place().isPresent());
        if (log.segmentCount() == 0) {
            queues.removeAll();
        }
        return queues;
    }

    private void dispatchAll(LogDispatcher dispatcher, LogProgress progress) throws IOException {
        while (progress.dispatched().position() < progress.readable().position()) {
            dispatcher.doWork();
            requireHealth();
        }
    }

    private void requireHealth() throws IOException {
        Optional<String> refusal = health.refusal().map(refused -> refused.detail());
        if (refusal.isPresent()) {
            throw new IOException(refusal.get());
        }
    }

    private record Dispatching(LogDispatcher dispatcher, RungWorker thread) {}

    private record Keeping(RecoveryReport report, Upkeep upkeep, CheckpointKeeper checkpoints) {}

    private StoreParts start(
            LogState state,
            ConsumeQueues queues,
            LogAccess access,
            KeyReader keys,
            Dispatching dispatching,
            Keeping keeping) {
        LogDispatcher dispatcher = dispatching.dispatcher();
        RungWorker dispatcherThread = closing.push("dispatcher", dispatching.thread());
        AppendPath appendPath = closing.push(
                "appends",
                new AppendPath(
                        state,
                        tailsOf(queues),
                        config.flush(),
                        doors.policies(),
                        config.limits(),
                        workers,
                        dispatcherThread::ring));
        OwnedScheduler housekeeping = closing.push("upkeep", workers.scheduler("store-upkeep"));

        dispatcherThread.start();
        appendPath.start();
        Duration period = CheckpointKeeper.PERIOD;
        housekeeping.every(period, period, "checkpoint", keeping.checkpoints()::step);
        housekeeping.every(UPKEEP_PERIOD, UPKEEP_PERIOD, "upkeep", keeping.upkeep()::run);
        return new StoreParts(
                files,
                config.commitLog(),
                health,
                state.progress(),
                access,
                new DraftEncoder(
                        storeHost, config.limits().bodyBytesMax(), state.log().segmentBytes()),
                appendPath,
                queues,
                new QueueReader(queues, access),
                keys,
                dispatcher,
                dispatcherThread,
                keeping.upkeep(),
                keeping.checkpoints(),
                keeping.report(),
                closing);
    }

    private static QueueTails tailsOf(ConsumeQueues queues) {
        QueueTails tails = new QueueTails();
        for (ConsumeQueue queue : queues.all()) {
            tails.seed(queue.name(), queue.maxOffset());
        }
        return tails;
    }

    // The last of a clean stop: everything has been appended and forced; queues follow, then the checkpoint.
    private void endRun(LogDispatcher dispatcher, LogProgress progress, CheckpointKeeper checkpoints, Path abort)
            throws IOException {
        try {
            while (!health.has(Obstacle.FAILURE)
                    && progress.dispatched().position() < progress.readable().position()) {
                if (dispatcher.doWork() == 0) {
                    break; // no space for queues: the next start derives them
                }
            }
            boolean isNoted = checkpoints.stepAlone();
            boolean isClean = isNoted
                    && !health.has(Obstacle.FAILURE)
                    && progress.dispatched().position() == progress.appended().position();
            if (isClean) {
                files.delete(abort);
            }
        } finally {
            dispatcher.close();
        }
    }

    private void writeAbort(Path abort) throws IOException {
        byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
        try (StoreFile file = files.create(abort, 0)) {
            file.write(ByteBuffer.wrap(pid), 0);
            file.force();
        }
        files.forceDirectory(config.root());
    }

    private void fail(Throwable cause) {
        health.arise(Obstacle.FAILURE, "a worker of the store failed: " + cause);
    }
}
