package io.ternmq.client.consumer.offset;

import io.ternmq.common.file.AtomicFile;
import io.ternmq.common.json.JsonLimits;
import io.ternmq.common.json.JsonMember;
import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.body.MessageQueueJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a broadcasting consumer has come: the file {@code offsets.json}, in the form and place that clients of this
 * protocol share. Owns the file, and what of it is not written yet. Safe for use by any thread; flushes come one at a time.
 *
 * <p>A damaged file gives way to its backup; where neither can be used, the start is refused: beginning again without a
 * word would repeat or skip messages.
 */
public final class LocalOffsetFile implements OffsetKeeper {
    private static final Logger log = LoggerFactory.getLogger(LocalOffsetFile.class);
    private static final JsonLimits LIMITS = new JsonLimits(1 << 28, 8, 10_000_000);
    private static final String FILE = "offsets.json";
    private static final String TABLE = "offsetTable";

    private final AtomicFile file;
    private final ConcurrentMap<MessageQueue, Long> offsets;
    private final AtomicBoolean isChanged = new AtomicBoolean(); // raised by commits, lowered by flushes

    private LocalOffsetFile(AtomicFile file, Map<MessageQueue, Long> offsets) {
        this.file = file;
        this.offsets = new ConcurrentHashMap<>(offsets);
    }

    /**
     * Reads the file of one consumer; none there means that it begins anew. Writes nothing.
     *
     * @param directory that the files of all consumers are below
     * @throws IOException if neither the file nor its backup can be used; the message names both
     */
    public static LocalOffsetFile open(Path directory, String clientId, String group) throws IOException {
        AtomicFile file =
                new AtomicFile(directory.resolve(clientId).resolve(group).resolve(FILE));
        Optional<Map<MessageQueue, Long>> saved = file.read(content ->
                MessageQueueJson.readTable(JsonObject.parse(content, LIMITS).object(TABLE), LocalOffsetFile::offset));
        return new LocalOffsetFile(file, saved.orElse(Map.of()));
    }

    public Path path() {
        return file.path();
    }

    @Override
    public CompletionStage<OptionalLong> committed(MessageQueue queue) {
        Long offset = offsets.get(queue);
        return CompletableFuture.completedFuture(offset == null ? OptionalLong.empty() : OptionalLong.of(offset));
    }

    @Override
    public CompletionStage<Void> commit(MessageQueue queue, long offset) {
        offsets.put(queue, offset);
        isChanged.set(true);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized void flush() {
        if (!isChanged.getAndSet(false)) {
            return;
        }
        JsonWriter json = JsonWriter.pretty();
        json.beginObject().name(TABLE);
        MessageQueueJson.writeTable(json, new TreeMap<>(offsets), (writer, offset) -> writer.value(offset));
        try {
            file.write(json.endObject().toBytes());
        } catch (IOException e) {
            isChanged.set(true);
            log.error("Offsets not saved; trying again. file={}", file.path(), e);
        }
    }

    @Override
    public boolean isAtBrokers() {
        return false;
    }

    private static Long offset(JsonMember member) {
        long offset = member.value().asInt64();
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset + " of " + member.key() + " is negative");
        }
        return offset;
    }
}
