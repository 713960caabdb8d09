package io.ternmq.client.consumer.consumption;

import io.ternmq.client.consumer.pulling.ProcessQueue;
import io.ternmq.client.consumer.pulling.QueuePuller;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.session.ConsumeOutcome;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Hands pulled messages to the application's listener, and sees to what follows. Owns the listener's threads. */
public interface Consumption {

    /** Has messages consumed soon. May be called by any thread; does not block. */
    void offer(QueuePuller from, List<ProcessQueue.Held> messages);

    /** Has one message consumed now, outside of any queue, and tells what the listener made of it. */
    CompletableFuture<ConsumeOutcome> consumeDirectly(MessageQueue queue, MessageExt message);

    /** Whether a call of the listener with messages of this queue is under way that its next owner must wait for. */
    boolean isBusy(MessageQueue queue);

    /** This client has the queue for itself again: goes on with what is held of it. */
    void goOn(MessageQueue queue);

    /** Has messages that are in the listener for too long delivered to another call, where that may be. */
    void giveBackOverdue(Collection<QueuePuller> pullers);

    /** The threads that the listener may be called by from now on. */
    ListenerThreads threads();

    /** What waits is not begun any more. */
    void stop();

    /** Waits for the listeners that run, {@code waitMax} at most; then interrupts them. */
    void close(Duration waitMax);
}
