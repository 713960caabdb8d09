package io.ternmq.namesrv.kv;

import io.ternmq.common.file.AtomicFile;
import io.ternmq.common.json.JsonMember;
import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.remoting.protocol.body.TextTable;
import io.ternmq.remoting.protocol.kv.KvEntry;
import io.ternmq.remoting.protocol.kv.KvKey;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Texts by namespace and key. Sole owner of them and of their file. Readers take a snapshot and never wait; a change is
 * on disk before anybody sees it. Safe for use by any thread.
 */
public final class KvTable {
    private static final String FILE_MEMBER = "configTable";

    private final AtomicFile file;
    private final KvLimits limits;
    private final ReentrantLock lock = new ReentrantLock(); // for the file, and for replacing the snapshot
    private volatile SortedMap<String, SortedMap<String, String>>
            texts; // immutable; written under the lock, read by all

    private KvTable(AtomicFile file, KvLimits limits, SortedMap<String, SortedMap<String, String>> texts) {
        this.file = file;
        this.limits = limits;
        this.texts = texts;
    }

    /**
     * Reads the file; a table without one is empty.
     *
     * @throws IOException if there is a file that cannot be used; the message names it
     */
    public static KvTable open(AtomicFile file, KvLimits limits) throws IOException {
        return new KvTable(file, limits, file.read(KvTable::parse).orElseGet(Collections::emptySortedMap));
    }

    public Optional<String> find(String namespace, String key) {
        return Optional.ofNullable(all(namespace).get(key));
    }

    /** All texts of a namespace by key, unmodifiable; empty if there are none. */
    public Map<String, String> all(String namespace) {
        return texts.getOrDefault(namespace, Collections.emptySortedMap());
    }

    /**
     * Puts or replaces a text.
     *
     * @return why it was not taken, if it was not
     * @throws IOException if it could not be saved; then nothing has changed
     */
    Optional<String> put(KvEntry entry) throws IOException {
        Optional<String> problem = limits.problemOf(entry);
        if (problem.isPresent()) {
            return problem;
        }
        lock.lock();
        try {
            SortedMap<String, SortedMap<String, String>> next = copy();
            next.computeIfAbsent(entry.key().namespace(), name -> new TreeMap<>())
                    .put(entry.key().key(), entry.value());
            int entries = next.values().stream().mapToInt(Map::size).sum();
            if (entries > limits.total()) {
                return Optional.of("There are " + limits.total() + " texts, which is the limit: "
                        + entry.key().key() + " is not taken");
            }
            replaceWith(next);
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Deletes a text; one that nobody knows is deleted already.
     *
     * @throws IOException if that could not be saved; then nothing has changed
     */
    void delete(KvKey key) throws IOException {
        lock.lock();
        try {
            if (find(key.namespace(), key.key()).isEmpty()) {
                return;
            }
            SortedMap<String, SortedMap<String, String>> next = copy();
            next.get(key.namespace()).remove(key.key());
            next.values().removeIf(Map::isEmpty);
            replaceWith(next);
        } finally {
            lock.unlock();
        }
    }

    private SortedMap<String, SortedMap<String, String>> copy() {
        SortedMap<String, SortedMap<String, String>> copy = new TreeMap<>();
        texts.forEach((namespace, table) -> copy.put(namespace, new TreeMap<>(table)));
        return copy;
    }

    private void replaceWith(SortedMap<String, SortedMap<String, String>> next) throws IOException {
        file.write(print(next));
        texts = unmodifiable(next);
    }

    private static SortedMap<String, SortedMap<String, String>> unmodifiable(
            SortedMap<String, SortedMap<String, String>> table) {
        table.replaceAll((namespace, texts) -> Collections.unmodifiableSortedMap(texts));
        return Collections.unmodifiableSortedMap(table);
    }

    private static byte[] print(SortedMap<String, SortedMap<String, String>> table) {
        JsonWriter json = JsonWriter.pretty();
        json.beginObject().name(FILE_MEMBER).beginObject();
        table.forEach((namespace, texts) -> {
            json.name(namespace);
            TextTable.writeTexts(json, texts);
        });
        return json.endObject().endObject().toBytes();
    }

    private static SortedMap<String, SortedMap<String, String>> parse(byte[] content) {
        SortedMap<String, SortedMap<String, String>> table = new TreeMap<>();
        for (JsonMember member : JsonObject.parse(content).object(FILE_MEMBER).members()) {
            table.put(
                    member.name(),
                    new TreeMap<>(TextTable.readTexts(member.value().asObject())));
        }
        return unmodifiable(table);
    }
}
