package io.ternmq.client.producer;

import io.ternmq.common.message.SendId;
import java.util.concurrent.atomic.AtomicLong;

/** Gives each send of one producer its id. Owns the count. Safe for use by any thread. */
final class SendIds {
    private final long producer;
    private final AtomicLong sends = new AtomicLong(); // any sender counts

    /** @param producer tells this producer from all others, so best drawn from a strong source */
    SendIds(long producer) {
        this.producer = producer;
    }

    SendId next() {
        return new SendId(producer, sends.getAndIncrement(), 0);
    }
}
