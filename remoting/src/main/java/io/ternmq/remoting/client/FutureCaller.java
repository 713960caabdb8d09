package io.ternmq.remoting.client;

import io.ternmq.remoting.protocol.Reply;
import java.util.concurrent.CompletableFuture;

/** A {@link Caller} that completes a future. */
record FutureCaller(CompletableFuture<Reply> answer) implements Caller {
    @Override
    public void connected() {
        // Those who wait for a future only want the answer.
    }

    @Override
    public void answered(Reply reply) {
        answer.complete(reply);
    }

    @Override
    public void failed(Throwable cause) {
        answer.completeExceptionally(cause);
    }
}
