package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.index.OldestRecords;
import io.ternmq.broker.store.log.CommitLog;
import io.ternmq.broker.store.log.LogCursor;
import io.ternmq.broker.store.log.LogCursor.Found;
import io.ternmq.common.message.MessageRecord;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Looks at some of the oldest records of the log. Reads only; stateless. */
final class OldestKeyedRecord implements OldestRecords {
    /** Records looked at, at most; where none of so many passes it is as good as if none did. */
    static final int RECORDS_MAX = 1000;

    private final CommitLog log;

    OldestKeyedRecord(CommitLog log) {
        this.log = log;
    }

    @Override
    public OptionalLong find(Predicate<MessageRecord> test, long limit) throws IOException {
        try (LogCursor cursor = new LogCursor(log)) {
            long position = log.minPosition();
            for (int i = 0; i < RECORDS_MAX && position < limit; i++) {
                Found found = cursor.look(position, limit);
                if (found == Found.NOTHING) {
                    break;
                }
                if (found == Found.RECORD && test.test(cursor.record())) {
                    return OptionalLong.of(position);
                }
                position = cursor.nextPosition();
            }
            return OptionalLong.empty();
        }
    }
}
