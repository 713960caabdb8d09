package io.ternmq.broker.offset;

import io.ternmq.common.file.AtomicFile;
import io.ternmq.common.json.JsonLimits;
import io.ternmq.common.json.JsonMember;
import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.common.time.Clock;
import io.ternmq.remoting.protocol.body.DataVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code consumerOffset.json}, in the form that brokers of this protocol share. Owns the file and saves the
 * table when it has changed. Used by one thread at a time.
 */
public final class OffsetsFile {
    private static final Logger log = LoggerFactory.getLogger(OffsetsFile.class);
    private static final JsonLimits LIMITS = new JsonLimits(1 << 30, 8, 200_000_000);
    private static final String VERSION = "dataVersion";
    private static final String TABLE = "offsetTable";

    private record Saved(DataVersion version, Map<GroupTopic, Map<Integer, Long>> offsets) {}

    private final AtomicFile file;
    private final ConsumerOffsets offsets;
    private final Clock clock;
    private DataVersion version;

    private OffsetsFile(AtomicFile file, ConsumerOffsets offsets, Clock clock, DataVersion version) {
        this.file = file;
        this.offsets = offsets;
        this.clock = clock;
        this.version = version;
    }

    /**
     * Fills {@code offsets} with what was saved; with nothing if there has never been a file.
     *
     * @throws IOException if neither the file nor its backup can be used; the message names both
     */
    public static OffsetsFile load(Path path, ConsumerOffsets offsets, Clock clock) throws IOException {
        AtomicFile file = new AtomicFile(path);
        Optional<Saved> saved = file.read(content -> parse(JsonObject.parse(content, LIMITS)));
        saved.ifPresent(content -> offsets.restore(content.offsets()));
        DataVersion version = saved.map(Saved::version).orElseGet(() -> DataVersion.initial(clock.wallMillis()));
        return new OffsetsFile(file, offsets, clock, version);
    }

    /**
     * Lowers each offset that lies above its queue's end, and saves the table if there was any: were it saved later,
     * messages appended until then would be skipped by a group after a crash in between.
     *
     * @return what was lowered, which has been logged
     * @throws IOException if the table cannot be saved
     */
    public List<LoweredOffset> lowerTo(QueueEnds ends) throws IOException {
        List<LoweredOffset> lowered = offsets.lowerTo(ends);
        if (!lowered.isEmpty()) {
            saveNow();
            lowered.forEach(one -> log.warn(
                    "Consumer offset lay above its queue's end and is lowered."
                            + " group={} topic={} queueId={} was={} now={}",
                    one.owner(),
                    one.topic(),
                    one.queueId(),
                    one.was(),
                    one.now()));
        }
        return lowered;
    }

    /** Saves the table if it has changed since it was last saved. A failure is logged and tried again the next time. */
    public void save() {
        try {
            saveNow();
        } catch (IOException e) {
            log.error("Consumer offsets not saved; trying again. file={}", file.path(), e);
        }
    }

    private void saveNow() throws IOException {
        if (!offsets.takeChanged()) {
            return;
        }
        DataVersion next = version.next(clock.wallMillis());
        try {
            file.write(toJson(next, offsets.snapshot()));
            version = next;
        } catch (IOException e) {
            offsets.markChanged();
            throw e;
        }
    }

    private static byte[] toJson(DataVersion version, Map<String, Map<Integer, Long>> table) {
        JsonWriter json = JsonWriter.pretty();
        json.beginObject().name(VERSION);
        version.write(json);
        json.name(TABLE).beginObject();
        table.forEach((topicAndGroup, queues) -> {
            json.name(topicAndGroup).beginObject();
            queues.forEach((queueId, offset) -> json.name(queueId).value(offset));
            json.endObject();
        });
        return json.endObject().endObject().toBytes();
    }

    private static Saved parse(JsonObject content) {
        Map<GroupTopic, Map<Integer, Long>> offsets = new HashMap<>();
        for (JsonMember entry : content.object(TABLE).members()) {
            GroupTopic key = GroupTopic.parse(entry.name())
                    .orElseThrow(() ->
                            new IllegalArgumentException("Entry " + entry.name() + " is not of the form topic@group"));
            Map<Integer, Long> queues = offsets.computeIfAbsent(key, first -> new HashMap<>());
            for (JsonMember queue : entry.value().asObject().members()) {
                queues.put(queueIdOf(queue.name()), queue.value().asInt64());
            }
        }
        return new Saved(DataVersion.read(content.object(VERSION)), offsets);
    }

    private static int queueIdOf(String name) {
        try {
            return Integer.parseInt(name);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Queue id " + name + " is not a number", e);
        }
    }
}
