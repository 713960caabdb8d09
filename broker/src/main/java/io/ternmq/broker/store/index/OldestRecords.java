package io.ternmq.broker.store.index;

import io.ternmq.common.message.MessageRecord;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** A look at the oldest records of the log: whether the oldest index files are there, nothing in the later ones tells. */
@FunctionalInterface
public interface OldestRecords {

    /**
     * Finds the oldest record that passes a test.
     *
     * @param limit nothing at or beyond it is looked at
     * @return its position; empty if none passes, as far as is looked
     */
    OptionalLong find(Predicate<MessageRecord> test, long limit) throws IOException;
}
