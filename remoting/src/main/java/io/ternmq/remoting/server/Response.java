package io.ternmq.remoting.server;

import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An answer on its way out. The transport releases the payload's body once it is written or given up.
 *
 * @param code a {@link ResponseCode}
 * @param remark text for whoever reads the answer; for a refusal, why and what to do
 */
public record Response(int code, Optional<String> remark, Payload payload) {
    private static final Response SUCCESS = new Response(ResponseCode.SUCCESS, Optional.empty(), Payload.empty());

    /** Success that says nothing more. */
    public static Response success() {
        return SUCCESS;
    }

    public static <R> Response success(Rpc<?, R> rpc, R answer) {
        return new Response(
                ResponseCode.SUCCESS, Optional.empty(), rpc.response().encode(answer));
    }

    /** An answer with a code of its own that still carries the typed form, as pulls without messages do. */
    public static <R> Response of(int code, String remark, Rpc<?, R> rpc, R answer) {
        return new Response(code, Optional.of(remark), rpc.response().encode(answer));
    }

    public static Response refused(int code, String remark) {
        return new Response(code, Optional.of(remark), Payload.empty());
    }

    /** This answer, for a processor that has it at once. */
    public CompletionStage<Response> now() {
        return CompletableFuture.completedFuture(this);
    }
}
