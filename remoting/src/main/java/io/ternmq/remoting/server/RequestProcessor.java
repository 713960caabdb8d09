package io.ternmq.remoting.server;

import java.util.concurrent.CompletionStage;

/**
 * Answers one kind of request: decodes it, asks one service, encodes the outcome. Knows no channel and no thread; runs
 * on its {@link Lane}, must not block there beyond what that lane allows, and may be entered by several threads at once.
 */
@FunctionalInterface
public interface RequestProcessor {

    /**
     * Answers {@code request}.
     *
     * @return completed exactly once, on any thread, with the answer; the request's body is valid until then. For a
     *     one-way request the answer is dropped. A {@link io.ternmq.remoting.frame.ProtocolException}, thrown or as
     *     the stage's failure, becomes SYSTEM_ERROR with its text; any other is logged as well
     */
    CompletionStage<Response> process(Request request);
}
