package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.dispatch.LogDispatcher;
import io.ternmq.broker.store.file.DiskSpace;
import io.ternmq.broker.store.file.StoreFiles;
import io.ternmq.broker.store.log.AppendPath;
import io.ternmq.broker.store.log.LogProgress;
import io.ternmq.broker.store.log.StoreHealth;
import io.ternmq.broker.store.queue.ConsumeQueues;
import io.ternmq.common.lifecycle.LifecycleStack;
import io.ternmq.common.work.RungWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * The running parts of a store, as {@link StoreOpening} has put them together.
 *
 * @param closing ends all of them in reverse order of their start
 */
record StoreParts(
        StoreFiles files,
        Path root,
        StoreHealth health,
        LogProgress progress,
        LogAccess access,
        DraftEncoder encoder,
        AppendPath appendPath,
        ConsumeQueues queues,
        QueueReader reader,
        KeyReader keys,
        LogDispatcher dispatcher,
        RungWorker dispatcherThread,
        Upkeep upkeep,
        CheckpointKeeper checkpoints,
        RecoveryReport recovery,
        LifecycleStack closing) {

    DiskSpace space() throws IOException {
        return files.space(root);
    }

    /** Removes a topic's queues when the dispatcher has come to {@code position}. Called between two appends. */
    void dropQueuesAt(long position, String topic, CompletableFuture<Void> gone) {
        boolean isTaken = dispatcher.offer(position, () -> {
            checkpoints.want(); // the next start expects other queues, also if only some of these can be removed
            try {
                queues.drop(topic, position);
                gone.complete(null);
            } catch (IOException | RuntimeException e) {
                gone.completeExceptionally(e);
            }
        });
        if (!isTaken) {
            gone.completeExceptionally(new IllegalStateException("too much waits for the dispatcher"));
        }
        dispatcherThread.ring();
    }

    /**
     * Does now what is otherwise done when it is due: one run of the upkeep; the checkpoint's note, if one has been looked
     * up; and a look for the next one. Completes when the dispatcher's thread has done its parts.
     */
    CompletableFuture<Void> keepUp() {
        upkeep.run();
        checkpoints.step();
        checkpoints.lookUp();
        CompletableFuture<Void> done = new CompletableFuture<>();
        dispatcher.offer(0, () -> done.complete(null));
        dispatcherThread.ring();
        return done;
    }

    void close() {
        closing.close();
    }
}
