package io.ternmq.broker.topic;

import io.ternmq.common.file.AtomicFile;
import io.ternmq.common.json.JsonLimits;
import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.common.time.Clock;
import io.ternmq.remoting.protocol.body.DataVersion;
import io.ternmq.remoting.protocol.body.TopicTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The file {@code topics.json}, in the form that brokers of this protocol share. Owns the file; one thread at a time. */
public final class TopicsFile {
    private static final JsonLimits LIMITS = new JsonLimits(1 << 30, 16, 100_000_000);

    private final AtomicFile file;
    private final Clock clock;

    public TopicsFile(Path path, Clock clock) {
        this.file = new AtomicFile(path);
        this.clock = clock;
    }

    Path path() {
        return file.path();
    }

    /**
     * Reads the table; an empty one if there has never been a file.
     *
     * @throws IOException if neither the file nor its backup can be used; the message names both
     */
    TopicTable read() throws IOException {
        return file.read(content -> TopicTable.read(JsonObject.parse(content, LIMITS)))
                .orElseGet(() -> new TopicTable(DataVersion.initial(clock.wallMillis()), List.of()));
    }

    /** Replaces the table on disk; it is forced when this returns. */
    void write(TopicTable table) throws IOException {
        JsonWriter json = JsonWriter.pretty();
        table.writePlain(json);
        file.write(json.toBytes());
    }
}
