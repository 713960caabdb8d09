package io.ternmq.broker.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.IndexConfig;
import io.ternmq.broker.store.file.DiskFiles;
import io.ternmq.broker.store.file.StoreFiles;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.MessageRecordEncoder;
import io.ternmq.common.message.RecordForm;
import io.ternmq.common.message.StoredHost;
import io.ternmq.common.time.FakeClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexFormatTest {
    private static final InetSocketAddress HOST = new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911);

    @TempDir
    private Path root;

    private final FakeClock clock = new FakeClock();

    @Test
    void aFileThatWasBroughtToItsEndIsWhatOthersRead() throws IOException {
        // Hashes by hand: T#a = 84 * 961 + 35 * 31 + 97 = 81906, T#b = 81907; slots 81906 % 3 = 0 and 1.
        try (KeyIndex index = open(new IndexConfig(true, 3, 5, 64))) {
            index.project(record(0x1000, 1_000_000, "UNIQ_KEY\u0001a\u0002KEYS\u0001b\u0002"));
            index.project(record(0x2000, 1_002_999, "KEYS\u0001a\u0002"));
            assertThat(index.settle()).isEmpty();
        }

        byte[] bytes = Files.readAllBytes(onlyFile());
        bytes = withoutNote(bytes, 40 + 3 * 4);
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(
                        "00000000000f4240" // begin: 1000000 ms
                                + "00000000000f4df7" // end: 1002999 ms
                                + "0000000000001000"
                                + "0000000000002000"
                                + "00000002" // slots used
                                + "00000004" // next entry
                                + "00000003" + "00000002" + "00000000" // slots
                                + "00".repeat(20) // no entry 0
                                + "00013ff2" + "0000000000001000" + "00000000" + "00000000"
                                + "00013ff3" + "0000000000001000" + "00000000" + "00000000"
                                + "00013ff2" + "0000000000002000" + "00000002" + "00000001"
                                + "00".repeat(20));
    }

    @Test
    void filesAreNamedAfterTheTimeOfTheirMakingAndNewerOnesLater() throws IOException {
        IndexDirectory directory = directory();
        Path first = directory.next();
        directory.create(first, new IndexLayout(1, 3)).close();

        assertThat(first.getFileName()).hasToString("20231114221320000");
        assertThat(directory.next().getFileName()).hasToString("20231114221320001");
    }

    @Test
    void theHashOfAKeyIsThatOfTheStringBehindItsTopicMadePositive() {
        List<Integer> hashes = new ArrayList<>();
        String unique = "C0A8\u00e9\u9f8d";

        RecordKeys.forEach(
                record(0, 0, "UNIQ_KEY\u0001" + unique + "\u0002a\u0001b\u0002KEYS\u0001 one  two \u0002"),
                hashes::add);

        assertThat(hashes)
                .containsExactly(
                        withoutSign(("T#" + unique).hashCode()),
                        withoutSign("T#one".hashCode()),
                        withoutSign("T#two".hashCode()));
        assertThat(RecordKeys.hashOf("T", unique)).isEqualTo(hashes.get(0));
    }

    @Test
    void aHashWithoutAPositiveCounterpartIsZero() {
        // The words of this topic and key add up to the smallest number there is.
        String key = "polygenelubricants"; // a well-known string of that hash
        assertThat(key.hashCode()).isEqualTo(Integer.MIN_VALUE);
        assertThat(RecordKeys.positive(key.hashCode())).isZero();
    }

    @Test
    void propertiesWithoutKeysOrWithEmptyOnesGiveNoHashes() {
        List<Integer> hashes = new ArrayList<>();
        RecordKeys.forEach(record(0, 0, ""), hashes::add);
        RecordKeys.forEach(
                record(0, 0, "KEYS\u0001\u0002UNIQ_KEY\u0001\u0002KEYSX\u0001a\u0002KEY\u0001b\u0002KEYS"),
                hashes::add);
        RecordKeys.forEach(record(0, 0, "KEYS\u0001   \u0002"), hashes::add);

        assertThat(hashes).isEmpty();
    }

    @Test
    void aNoteThatIsNotOursOrWasChangedIsNone() {
        ByteBuffer bytes = new IndexNote(0x1234, 17).toBytes();

        assertThat(IndexNote.from(bytes)).contains(new IndexNote(0x1234, 17));
        assertThat(IndexNote.from(ByteBuffer.allocate(IndexEntry.BYTES))).isEmpty();
        for (int i = 0; i < IndexEntry.BYTES; i++) {
            ByteBuffer changed = ByteBuffer.allocate(IndexEntry.BYTES).put(bytes.duplicate());
            changed.put(i, (byte) (changed.get(i) ^ 1));
            assertThat(IndexNote.from(changed)).isEmpty();
        }
    }

    @Test
    void keysOfOneRecordStayInOneFileAndNoMoreThanItHolds() throws IOException {
        try (KeyIndex index = open(new IndexConfig(true, 7, 5, 64))) {
            index.project(record(0x1000, 1, "KEYS\u0001a b c\u0002"));
            index.project(record(0x2000, 1, "KEYS\u0001d e\u0002"));
            index.project(record(0x3000, 1, "KEYS\u0001f g h i j k l\u0002"));
            assertThat(index.settle()).isEmpty();

            assertThat(positions(index, "c")).containsExactly(0x1000L);
            assertThat(positions(index, "d")).containsExactly(0x2000L);
            assertThat(positions(index, "i")).containsExactly(0x3000L);
            assertThat(positions(index, "j")).isEmpty();
        }
        try (Stream<Path> all = Files.list(root)) {
            assertThat(all).hasSize(3);
        }
    }

    @Test
    void aFileThatFillsUpAndIsRemovedUnderASearchIsPassedOver() throws IOException {
        List<Runnable> beforeOpen = new ArrayList<>();
        StoreFiles files = (StoreFiles) Proxy.newProxyInstance(
                StoreFiles.class.getClassLoader(), new Class<?>[] {StoreFiles.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("open") && !beforeOpen.isEmpty()) {
                        beforeOpen.remove(0).run();
                    }
                    try {
                        return method.invoke(new DiskFiles(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        IndexDirectory directory = new IndexDirectory(files, root, clock, ZoneOffset.UTC);
        try (KeyIndex index =
                new KeyIndex(directory, new IndexConfig(true, 7, 5, 64), (test, limit) -> OptionalLong.empty())) {
            index.rewindTo(0);
            index.project(record(0x1000, 1, "KEYS\u0001a b c d\u0002"));
            assertThat(index.settle()).isEmpty();
            Path first = onlyFile();
            beforeOpen.add(() -> {
                try {
                    index.project(record(0x2000, 1, "KEYS\u0001e\u0002"));
                    assertThat(index.settle()).isEmpty();
                    index.takeUnforced().force();
                    index.prune(0x2000);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            assertThat(positions(index, "a")).isEmpty();

            assertThat(beforeOpen).isEmpty();
            assertThat(first).doesNotExist();
            assertThat(positions(index, "e")).containsExactly(0x2000L);
        }
    }

    @Test
    void slotChangesAreRememberedUntilCleared() {
        SlotChanges changes = new SlotChanges(1000);
        for (int round = 0; round < 3; round++) {
            for (int slot = 0; slot < 1000; slot++) {
                assertThat(changes.numberOr(slot * 4096, -7)).isEqualTo(-7);
                changes.put(slot * 4096, slot + round);
            }
            for (int slot = 0; slot < 1000; slot++) {
                assertThat(changes.numberOr(slot * 4096, -7)).isEqualTo(slot + round);
            }
            changes.clear();
        }
    }

    private static int withoutSign(int hash) {
        return hash < 0 ? -hash : hash;
    }

    private static List<Long> positions(KeyIndex index, String key) throws IOException {
        List<Long> positions = new ArrayList<>();
        index.search("T", key, 0, Long.MAX_VALUE, positions::add);
        return positions;
    }

    private KeyIndex open(IndexConfig config) throws IOException {
        KeyIndex index = new KeyIndex(directory(), config, (test, limit) -> OptionalLong.empty());
        index.rewindTo(0);
        return index;
    }

    private IndexDirectory directory() {
        return new IndexDirectory(new DiskFiles(), root, clock, ZoneOffset.UTC);
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> all = Files.list(root)) {
            return all.findFirst().orElseThrow();
        }
    }

    private static byte[] withoutNote(byte[] bytes, int noteAt) {
        assertThat(IndexNote.from(
                        ByteBuffer.wrap(bytes, noteAt, IndexEntry.BYTES).slice()))
                .contains(new IndexNote(0x2000 + recordBytes(), 4));
        byte[] without = bytes.clone();
        Arrays.fill(without, noteAt, noteAt + IndexEntry.BYTES, (byte) 0);
        return without;
    }

    private static int recordBytes() {
        return record(0, 0, "KEYS\u0001a\u0002").size();
    }

    private static MessageRecord record(long position, long storeMillis, String properties) {
        MessageRecordEncoder encoder = new MessageRecordEncoder(1024);
        StoredHost host = StoredHost.of(HOST);
        ByteBuffer body = ByteBuffer.wrap("x".getBytes(StandardCharsets.UTF_8));
        byte[] topic = "T".getBytes(StandardCharsets.UTF_8);
        byte[] stored = properties.getBytes(StandardCharsets.UTF_8);
        encoder.add(new RecordForm(0, 0, 0, 0, host, host, 0, 0, body, topic, stored));
        ByteBuffer bytes = ByteBuffer.allocate(encoder.length());
        bytes.put(encoder.buffer().duplicate().position(0).limit(encoder.length()))
                .flip();
        MessageRecordEncoder.stamp(bytes, 0, 0, position, storeMillis);
        MessageRecord record = new MessageRecord();
        assertThat(record.wrap(bytes)).isTrue();
        return record;
    }
}
