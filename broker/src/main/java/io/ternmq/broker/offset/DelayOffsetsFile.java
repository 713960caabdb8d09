package io.ternmq.broker.offset;

import io.ternmq.common.file.AtomicFile;
import io.ternmq.common.json.JsonLimits;
import io.ternmq.common.json.JsonMember;
import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.common.time.Clock;
import io.ternmq.common.topic.TopicNames;
import io.ternmq.remoting.protocol.body.DataVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code delayOffset.json}: the next message to be delivered of each delay level, in the form that brokers of
 * this protocol share. Owns the file. One thread at a time.
 */
public final class DelayOffsetsFile {
    private static final Logger log = LoggerFactory.getLogger(DelayOffsetsFile.class);
    private static final JsonLimits LIMITS = new JsonLimits(1 << 20, 8, 10_000);
    private static final String VERSION = "dataVersion";
    private static final String TABLE = "offsetTable";

    private record Saved(DataVersion version, Map<Integer, Long> offsets) {}

    private final AtomicFile file;
    private final Clock clock;
    private Optional<Saved> saved = Optional.empty(); // as it lies in the file; empty before the first look at it

    public DelayOffsetsFile(Path path, Clock clock) {
        this.file = new AtomicFile(path);
        this.clock = clock;
    }

    public Path path() {
        return file.path();
    }

    /**
     * Reads the next offset of each level that has one.
     *
     * @return empty if there has never been a file
     * @throws IOException if neither the file nor its backup can be used; the message names both
     */
    public Optional<Map<Integer, Long>> read() throws IOException {
        saved = file.read(content -> parse(JsonObject.parse(content, LIMITS)));
        return saved.map(Saved::offsets);
    }

    /**
     * Saves the next offsets of levels, unless the file has them already; what it has of other levels is kept.
     *
     * @throws IOException if it cannot be saved
     */
    public void save(Map<Integer, Long> offsets) throws IOException {
        Map<Integer, Long> all = new TreeMap<>(saved.map(Saved::offsets).orElse(Map.of()));
        all.putAll(offsets);
        if (saved.filter(before -> before.offsets().equals(all)).isEmpty()) {
            write(all);
        }
    }

    /**
     * Lowers what lies above the end of a level's queue, and saves the file if there was anything.
     *
     * @return what was lowered, which has been logged
     * @throws IOException if neither the file nor its backup can be used, or it cannot be saved
     */
    public List<LoweredOffset> lowerTo(QueueEnds ends) throws IOException {
        Optional<Map<Integer, Long>> read = read();
        if (read.isEmpty()) {
            return List.of();
        }
        List<LoweredOffset> lowered = new ArrayList<>();
        Map<Integer, Long> offsets = new TreeMap<>(read.get());
        offsets.replaceAll((level, offset) -> {
            long end = ends.endOf(TopicNames.SCHEDULE, level - 1);
            if (offset > end) {
                lowered.add(new LoweredOffset("level " + level, TopicNames.SCHEDULE, level - 1, offset, end));
            }
            return Math.min(offset, end);
        });
        if (!lowered.isEmpty()) {
            write(offsets);
            lowered.forEach(one -> log.warn(
                    "Delay offset lay above its queue's end and is lowered. owner={} was={} now={}",
                    one.owner(),
                    one.was(),
                    one.now()));
        }
        return lowered;
    }

    private void write(Map<Integer, Long> offsets) throws IOException {
        long now = clock.wallMillis();
        DataVersion version = saved.map(before -> before.version().next(now)).orElseGet(() -> DataVersion.initial(now));
        file.write(toJson(version, offsets));
        saved = Optional.of(new Saved(version, offsets));
    }

    private static byte[] toJson(DataVersion version, Map<Integer, Long> offsets) {
        JsonWriter json = JsonWriter.pretty();
        json.beginObject().name(VERSION);
        version.write(json);
        json.name(TABLE).beginObject();
        offsets.forEach((level, offset) -> json.name(level).value(offset));
        return json.endObject().endObject().toBytes();
    }

    private static Saved parse(JsonObject content) {
        Map<Integer, Long> offsets = new TreeMap<>();
        for (JsonMember entry : content.object(TABLE).members()) {
            offsets.put(Integer.valueOf(entry.name()), entry.value().asInt64());
        }
        return new Saved(DataVersion.read(content.object(VERSION)), offsets);
    }
}
