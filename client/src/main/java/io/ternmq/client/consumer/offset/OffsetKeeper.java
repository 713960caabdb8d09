package io.ternmq.client.consumer.offset;

import io.ternmq.common.message.MessageQueue;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Remembers how far a consumer has come with queues, over restarts. Safe for use by any thread. */
public interface OffsetKeeper {

    /** How far it is with a queue; empty if it never was there. Fails if that cannot be told now. */
    CompletionStage<OptionalLong> committed(MessageQueue queue);

    /** Remembers; completes when that is known to be so, and fails if it is not. */
    CompletionStage<Void> commit(MessageQueue queue, long offset);

    /** Completes the commits made before this call, where they are kept together; on the calling thread. Never fails. */
    void flush();

    /** Whether brokers are to be told with pulls, too. */
    boolean isAtBrokers();
}
