package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.KeyQuery;
import io.ternmq.broker.store.KeyQueryResult;
import io.ternmq.broker.store.StoreException;
import io.ternmq.broker.store.index.KeyIndex;
import io.ternmq.broker.store.log.LogReading;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.PropertyString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Answers queries by key: candidates from the index, and of these the records that really have the key. Any thread. */
final class KeyReader {
    /** Bytes of one answer at most, below what a client takes in one frame; the first record is given whatever its size. */
    static final int BYTES_MAX = 8 << 20;

    private final Optional<KeyIndex> index;
    private final LogAccess log;
    private final int foundMax;

    /** @param index empty if messages are not indexed; nothing is found then */
    KeyReader(Optional<KeyIndex> index, LogAccess log, int foundMax) {
        this.index = index;
        this.log = log;
        this.foundMax = foundMax;
    }

    KeyQueryResult read(KeyQuery query) {
        LogReading reading = log.newReading();
        List<ByteBuffer> records = new ArrayList<>();
        // Before the search: what the answer claims to know must have been looked at.
        long millis = index.map(KeyIndex::indexedMillis).orElse(0L);
        long position = index.map(KeyIndex::indexedPosition).orElse(0L);
        try {
            if (index.isPresent() && query.countMax() > 0) {
                Collecting collecting = new Collecting(query, reading, records);
                index.get().search(query.topic(), query.key(), query.fromMillis(), query.toMillis(), collecting::take);
            }
            return new KeyQueryResult(records, millis, position, reading);
        } catch (IOException e) {
            reading.run();
            throw new StoreException("cannot look for key " + query.key() + " of " + query.topic(), e);
        } catch (RuntimeException e) {
            reading.run();
            throw e;
        }
    }

    /** One query in progress. */
    private final class Collecting {
        private final KeyQuery query;
        private final LogReading reading;
        private final List<ByteBuffer> records;
        private final int countMax;
        private final MessageRecord record = new MessageRecord();
        private int bytes;

        Collecting(KeyQuery query, LogReading reading, List<ByteBuffer> records) {
            this.query = query;
            this.reading = reading;
            this.records = records;
            this.countMax = Math.min(query.countMax(), foundMax);
        }

        // Whether more are wanted.
        boolean take(long position) throws IOException {
            int size = log.read(position, found -> matches(found) ? found.remaining() : 0)
                    .orElse(0);
            if (size == 0) {
                return true; // another key with the same hash, another time, or no longer there
            }
            if (!records.isEmpty() && bytes + size > BYTES_MAX) {
                return false;
            }
            ByteBuffer kept = reading.record(position, size);
            if (kept.hasRemaining()) {
                records.add(kept);
                bytes += size;
            }
            return records.size() < countMax;
        }

        private boolean matches(ByteBuffer found) {
            if (!record.wrap(found)
                    || record.storeMillis() < query.fromMillis()
                    || record.storeMillis() > query.toMillis()
                    || !record.topic().equals(query.topic())) {
                return false;
            }
            String properties = record.properties();
            return PropertyString.holds(properties, MessageProperties.UNIQUE_KEY, query.key())
                    || (!query.isUniqueKey()
                            && PropertyString.find(properties, MessageProperties.KEYS)
                                    .filter(hasWord(query.key()))
                                    .isPresent());
        }

        private Predicate<String> hasWord(String key) {
            return keys -> List.of(keys.split(MessageProperties.KEY_SEPARATOR)).contains(key);
        }
    }
}
