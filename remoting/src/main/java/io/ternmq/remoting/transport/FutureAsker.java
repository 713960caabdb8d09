package io.ternmq.remoting.transport;

import io.ternmq.remoting.protocol.Reply;
import java.util.concurrent.CompletableFuture;

/** An {@link Asker} that completes a future. */
public record FutureAsker(CompletableFuture<Reply> answer) implements Asker {
    public static FutureAsker create() {
        return new FutureAsker(new CompletableFuture<>());
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
