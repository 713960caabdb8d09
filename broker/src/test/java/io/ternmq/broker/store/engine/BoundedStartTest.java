package io.ternmq.broker.store.engine;

import static io.ternmq.broker.store.engine.StoreFixture.awaitDispatched;
import static io.ternmq.broker.store.engine.StoreFixture.bodies;
import static io.ternmq.broker.store.engine.StoreFixture.draft;
import static io.ternmq.broker.store.engine.StoreFixture.stored;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.common.message.MessageRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A start after a kill looks through what came after the last note of the checkpoint, however long the log is. The log is
 * generated: its bodies are zeros, of which the disk has nothing. With {@code ternmq.long=true} it has 10 GiB in files of
 * the official length, else 64 MiB.
 */
class BoundedStartTest {
    private static final boolean IS_LONG = Boolean.getBoolean("ternmq.long");
    private static final int SEGMENT_BYTES = IS_LONG ? 1 << 30 : 1 << 22;
    private static final int SEGMENTS = IS_LONG ? 10 : 16;
    private static final int BODY_BYTES = IS_LONG ? 4_000_000 : 60_000;
    private static final int PER_SEGMENT = SEGMENT_BYTES / (BODY_BYTES + 1000);
    private static final int GENERATED = SEGMENTS * PER_SEGMENT;
    private static final int BEFORE_NOTE = 100;
    private static final int AFTER_NOTE = 50;
    private static final TopicQueue QUEUE = new TopicQueue("T", 0);

    @TempDir
    private Path root;

    @BeforeEach
    void generate() throws IOException {
        Files.createDirectories(root.resolve("commitlog"));
        CRC32 crc = new CRC32();
        crc.update(new byte[BODY_BYTES]);
        for (int i = 0; i < SEGMENTS; i++) {
            generateSegment(i, (int) crc.getValue() & 0x7FFFFFFF);
        }
    }

    private void generateSegment(int number, int bodyCrc) throws IOException {
        long base = (long) number * SEGMENT_BYTES;
        Path path = root.resolve("commitlog").resolve(String.format("%020d", base));
        try (FileChannel file = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.SPARSE, StandardOpenOption.WRITE)) {
            int size = MessageRecord.FIXED_BYTES_MIN + 1 + BODY_BYTES;
            for (int i = 0; i < PER_SEGMENT; i++) {
                long at = (long) i * size;
                ByteBuffer head = ByteBuffer.allocate(88);
                head.putInt(size)
                        .putInt(MessageRecord.MAGIC_V1)
                        .putInt(bodyCrc)
                        .putInt(0)
                        .putInt(0);
                head.putLong((long) number * PER_SEGMENT + i).putLong(base + at).putInt(0);
                head.putLong(1)
                        .putLong(0)
                        .putLong(1_700_000_000_000L + number)
                        .putLong(0)
                        .putInt(0)
                        .putLong(0);
                head.putInt(BODY_BYTES);
                file.write(head.flip(), at);
                ByteBuffer tail =
                        ByteBuffer.allocate(4).put((byte) 1).put((byte) 'T').putShort((short) 0);
                file.write(tail.flip(), at + 88 + BODY_BYTES);
            }
            int left = SEGMENT_BYTES - PER_SEGMENT * size;
            file.write(
                    ByteBuffer.allocate(8)
                            .putInt(left)
                            .putInt(MessageRecord.MAGIC_BLANK)
                            .flip(),
                    SEGMENT_BYTES - left);
            file.write(ByteBuffer.allocate(1), SEGMENT_BYTES - 1);
        }
    }

    @Test
    void aStartAfterAKillLooksAtNothingBelowTheLastNote() throws IOException {
        byte[] noted;
        long notedPosition;
        try (LocalMessageStore store = fixture().open()) {
            assertThat(store.recovery().records()).isEqualTo(GENERATED); // once: it was another broker's log
            notedPosition = append(store, BEFORE_NOTE);
            await().atMost(StoreFixture.PATIENCE)
                    .until(() ->
                            store.state().flushedPosition() == store.state().appendedPosition());
            store.keepUp(); // looks up what to note
            store.keepUp(); // notes it
            noted = Files.readAllBytes(root.resolve("checkpoint"));
            append(store, AFTER_NOTE);
        }
        // As a kill leaves it: all is in the files, the checkpoint is of some time ago, and there was no orderly end.
        Files.write(root.resolve("checkpoint"), noted);
        Files.createFile(root.resolve("abort"));

        long beganNanos = System.nanoTime();
        try (LocalMessageStore store = fixture().open()) {
            long tookMillis = (System.nanoTime() - beganNanos) / 1_000_000;

            assertThat(store.recovery().isClean()).isFalse();
            assertThat(store.recovery().scannedFrom()).isEqualTo(notedPosition);
            assertThat(store.recovery().records()).isEqualTo(AFTER_NOTE + 1);
            assertThat(store.recovery().rederived()).isEmpty();
            assertThat(store.range(QUEUE)).isEqualTo(new QueueRange(0, GENERATED + BEFORE_NOTE + AFTER_NOTE));
            assertThat(bodies(store, "T", 0, GENERATED)).hasSize(BEFORE_NOTE + AFTER_NOTE);
            System.out.println("Start after a kill: log of " + store.recovery().end() + " bytes, "
                    + (store.recovery().end() - store.recovery().scannedFrom()) + " looked at, " + tookMillis + " ms");
        }
    }

    // Returns the position of the last one.
    private static long append(LocalMessageStore store, int count) {
        long position = -1;
        for (int i = 0; i < count; i++) {
            position = stored(StoreFixture.append(store, draft("T", 0, "", ("message " + i).getBytes(UTF_8))))
                    .positions()[0];
        }
        awaitDispatched(store);
        return position;
    }

    private StoreFixture fixture() {
        return new StoreFixture(root)
                .with("mappedFileSizeCommitLog", Integer.toString(SEGMENT_BYTES))
                .with("mappedFileSizeConsumeQueue", "6000000")
                // Hours: what is generated is from the first day of all time, and would go at the hour of removal.
                .with("fileReservedTime", "1000000");
    }
}
