package io.ternmq.remoting.protocol.pull;

import io.ternmq.remoting.protocol.RequestCode;
import io.ternmq.remoting.protocol.Rpc;

/** The requests that read messages from a queue. */
public final class PullRpcs {
    public static final Rpc<PullRequest, PullAnswer> PULL_MESSAGE =
            new Rpc<>(RequestCode.PULL_MESSAGE, "PULL_MESSAGE", PullRequest.CODEC, PullAnswer.CODEC);

    /** The same question, from consumers that assign queues themselves. */
    public static final Rpc<PullRequest, PullAnswer> LITE_PULL_MESSAGE =
            new Rpc<>(RequestCode.LITE_PULL_MESSAGE, "LITE_PULL_MESSAGE", PullRequest.CODEC, PullAnswer.CODEC);

    private PullRpcs() {}
}
