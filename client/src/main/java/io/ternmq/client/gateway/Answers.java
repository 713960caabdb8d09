package io.ternmq.client.gateway;

import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.remoting.frame.ProtocolException;
import io.ternmq.remoting.protocol.RemotingException;
import io.ternmq.remoting.protocol.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Folds replies into results. The stages it makes fail with one of two kinds only, never wrapped: a
 * {@link RemotingException} when no answer came that could be read, an {@link MQBrokerException} for a refusal.
 */
final class Answers {

    /** Reads one reply. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Reply reply) throws MQBrokerException;
    }

    private Answers() {}

    static <T> CompletionStage<T> fold(CompletionStage<Reply> call, String address, Reader<T> reader) {
        CompletableFuture<T> result = new CompletableFuture<>();
        call.whenComplete((reply, failure) -> {
            if (failure != null) {
                result.completeExceptionally(unwrapped(failure));
            } else {
                read(reply, address, reader, result);
            }
        });
        return result;
    }

    /** As {@link #fold}, for callers that only need to know that it was done. */
    static CompletionStage<Void> done(CompletionStage<Reply> call, String address) {
        return fold(call, address, reply -> {
            requireSuccess(reply, address);
            return null;
        });
    }

    static void requireSuccess(Reply reply, String address) throws MQBrokerException {
        if (!reply.isSuccess()) {
            throw refusal(reply, address);
        }
    }

    static MQBrokerException refusal(Reply reply, String address) {
        return new MQBrokerException(reply.code(), reply.remark().orElse(""), address);
    }

    static RemotingException unreadable(Reply reply, String address, ProtocolException cause) {
        return new RemotingException(
                "Answer of " + address + " with code " + reply.code() + " cannot be read: " + cause.getMessage(),
                cause);
    }

    private static <T> void read(Reply reply, String address, Reader<T> reader, CompletableFuture<T> result) {
        try {
            result.complete(reader.read(reply));
        } catch (MQBrokerException e) {
            result.completeExceptionally(e);
        } catch (ProtocolException e) {
            result.completeExceptionally(unreadable(reply, address, e));
        }
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
