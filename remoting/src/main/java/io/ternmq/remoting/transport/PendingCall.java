package io.ternmq.remoting.transport;

import io.ternmq.remoting.protocol.RemotingException;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.Rpc;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A call of ours that awaits its answer.
 *
 * @param rpc what was asked, for messages
 * @param startNanos monotonic time at which the caller asked
 * @param deadlineNanos monotonic time after which an answer is of no use
 */
record PendingCall(Rpc<?, ?> rpc, long startNanos, long deadlineNanos, CompletableFuture<Reply> answer) {

    void fail(RemotingException cause) {
        answer.completeExceptionally(cause);
    }

    long elapsedMillis(long nowNanos) {
        return TimeUnit.NANOSECONDS.toMillis(nowNanos - startNanos);
    }
}
