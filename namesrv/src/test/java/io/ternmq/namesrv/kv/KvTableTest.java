package io.ternmq.namesrv.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.common.file.AtomicFile;
import io.ternmq.common.file.DamagedFileException;
import io.ternmq.remoting.protocol.kv.KvEntry;
import io.ternmq.remoting.protocol.kv.KvKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KvTableTest {
    @TempDir
    private Path directory;

    private Path path;
    private KvTable table;

    @BeforeEach
    void open() throws IOException {
        path = directory.resolve("kvConfig.json");
        table = reopened();
    }

    @Test
    void textsOutliveTheServer() throws IOException {
        put("N", "a", "1");
        put("N", "b", "2");
        put("M", "a", "3");
        put("N", "a", "4");
        table.delete(new KvKey("N", "b"));

        assertThat(table.all("N")).isEqualTo(Map.of("a", "4"));
        assertThat(reopened().all("N")).isEqualTo(Map.of("a", "4"));
        assertThat(reopened().find("M", "a")).contains("3");
        assertThat(reopened().find("M", "x")).isEmpty();
    }

    @Test
    void theFileHasTheFormThatOperatorsKnow() throws IOException {
        put("ORDER_TOPIC_CONFIG", "T", "broker-a:4");

        assertThat(path)
                .hasContent(
                        "{\n\t\"configTable\":{\n\t\t\"ORDER_TOPIC_CONFIG\":{\n\t\t\t\"T\":\"broker-a:4\"\n\t\t}\n\t}\n}");
    }

    @Test
    void anEmptyNamespaceIsGone() throws IOException {
        put("N", "a", "1");

        table.delete(new KvKey("N", "a"));
        table.delete(new KvKey("N", "a"));
        table.delete(new KvKey("unknown", "a"));

        assertThat(table.all("N")).isEmpty();
        assertThat(Files.readString(path)).doesNotContain("\"N\"");
    }

    @Test
    void limitsAreKept() throws IOException {
        assertThat(table.put(entry("N", "k".repeat(256), "1"))).isPresent();
        assertThat(table.put(entry("n".repeat(256), "k", "1"))).isPresent();
        assertThat(table.put(entry("", "k", "1"))).isPresent();
        assertThat(table.put(entry("N", "k", "v".repeat(11)))).contains("Value has 11 characters: expected 1 to 10");
        put("N", "a", "1");
        put("N", "b", "1");
        put("M", "a", "1");
        assertThat(table.put(entry("M", "b", "1")))
                .hasValueSatisfying(text -> assertThat(text).contains("3 texts"));
        assertThat(table.put(entry("M", "a", "2"))).isEmpty();
    }

    @Test
    void aTextThatCannotBeSavedIsNotTaken() throws IOException {
        put("N", "a", "1");
        Path temporary = Files.createDirectory(directory.resolve("kvConfig.json.tmp"));

        assertThatThrownBy(() -> put("N", "a", "2")).isInstanceOf(IOException.class);
        assertThat(table.find("N", "a")).contains("1");

        Files.delete(temporary);
        put("N", "a", "2");
        assertThat(table.find("N", "a")).contains("2");
    }

    @Test
    void aDamagedFileIsNotTakenForAnEmptyOne() throws IOException {
        Files.writeString(path, "{\"configTable\":");

        assertThatThrownBy(this::reopened)
                .isInstanceOf(DamagedFileException.class)
                .hasMessageContaining(path.toString());
    }

    private KvTable reopened() throws IOException {
        return KvTable.open(new AtomicFile(path), new KvLimits(3, 10));
    }

    private void put(String namespace, String key, String value) throws IOException {
        assertThat(table.put(entry(namespace, key, value))).isEmpty();
    }

    private static KvEntry entry(String namespace, String key, String value) {
        return new KvEntry(new KvKey(namespace, key), value);
    }
}
