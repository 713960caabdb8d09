package io.ternmq.broker.pull;

import io.ternmq.broker.pull.PullOutcome.Refusal;
import io.ternmq.broker.store.MessageStore;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.ReadRequest;
import io.ternmq.broker.store.ReadResult;
import io.ternmq.broker.store.TopicQueue;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Reads queues for pulls: in place what is in memory for certain or very likely, on reader threads what may have to come
 * from disk, since a network thread must not wait for one. A filter that reads records takes its time with each, so it is
 * never run on a network thread. Stateless.
 */
public final class PullReads {
    private final MessageStore store;
    private final Executor readers;

    /** @param readers may wait for the disk; refuses when full */
    public PullReads(MessageStore store, Executor readers) {
        this.store = store;
        this.readers = readers;
    }

    /**
     * Complete already if the read was served in place, which is the common case.
     *
     * @param fromDisk the same question with the limits for what is likely no longer in memory
     */
    CompletableFuture<PullOutcome> read(ReadRequest request, ReadRequest fromDisk) {
        try {
            if (!request.filter().readsRecord()) {
                if (store.isHot(request.queue(), request.offset())) {
                    return CompletableFuture.completedFuture(readNow(request));
                }
                Optional<ReadResult> inMemory = store.readFromMemory(request);
                if (inMemory.isPresent()) {
                    return CompletableFuture.completedFuture(new PullOutcome.Read(request.offset(), inMemory.get()));
                }
            }
            return CompletableFuture.supplyAsync(
                    () -> readNow(store.isLikelyOnDisk(request.queue(), request.offset()) ? fromDisk : request),
                    readers);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(new PullOutcome.Refused(
                    Refusal.BUSY, "[OVERLOAD]system busy, too many reads from disk wait: " + e.getMessage()));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e); // a pull that was waiting has nobody else to tell
        }
    }

    QueueRange range(TopicQueue queue) {
        return store.range(queue);
    }

    private PullOutcome readNow(ReadRequest request) {
        return new PullOutcome.Read(request.offset(), store.read(request));
    }
}
