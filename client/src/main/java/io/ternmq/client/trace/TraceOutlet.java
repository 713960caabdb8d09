package io.ternmq.client.trace;

import java.util.concurrent.CompletionStage;

/** Brings trace messages to brokers. May be called by any thread; must not block. */
@FunctionalInterface
interface TraceOutlet {

    /** Completes when a broker has stored the message; fails if none has. */
    CompletionStage<Void> send(TraceMessage message);
}
