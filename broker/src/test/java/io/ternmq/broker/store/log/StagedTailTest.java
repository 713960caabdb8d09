package io.ternmq.broker.store.log;

import static io.ternmq.broker.store.file.FaultyFiles.under;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.broker.store.file.FaultyFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StagedTailTest {
    private static final int SIZE = 1000;
    private static final int SEGMENT = 4096;

    @TempDir
    private Path root;

    private final FaultyFiles files = new FaultyFiles().withoutForces();
    private CommitLog log;
    private StagedTail memory;
    private long position; // the holder's

    @BeforeEach
    void open() throws IOException {
        log = new LogFiles(files).open(root.resolve("log"), SEGMENT);
        memory = new StagedTail(log, SIZE, 0);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void allThatWasFilledIsInTheFileInItsPlace(long seed) throws IOException {
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            int bytes = 1 + random.nextInt(random.nextInt(20) == 0 ? 2 * SIZE : 300);
            if (random.nextInt(3) > 0) {
                refused += fill(bytes) ? 0 : 1;
            } else {
                long end = position - random.nextLong(1 + (position - written()) / 2);
                assertThat(memory.writeOut(end)).isTrue();
                assertThat(memory.isInFile(end)).isTrue();
                assertThat(memory.isInFile(position)).isEqualTo(written() == position);
            }
        }
        assertThat(memory.writeOut(position)).isTrue();
        assertFile();
        assertThat(refused).isPositive();
    }

    @Test
    void moreThanItsSizeWaitsUntilSomeIsWritten() throws IOException {
        assertThat(fill(600)).isTrue();
        assertThat(fill(400)).isTrue();
        assertThat(fill(1)).isFalse();
        memory.writeOut(600);
        assertThat(fill(601)).isFalse();
        assertThat(fill(600)).isTrue();
        assertThat(fill(1)).isFalse();
        memory.writeOut(position);
        assertFile();
    }

    @Test
    void oneThatIsLongerThanItsSizeHasRoomAlone() throws IOException {
        assertThat(fill(10)).isTrue();
        assertThat(fill(3 * SIZE)).isFalse();
        memory.writeOut(position);
        assertThat(fill(3 * SIZE)).isTrue();
        memory.writeOut(position);
        assertFile();
    }

    @Test
    void behindAWriteThatFailedNothingIsWritten() throws IOException {
        fill(100);
        memory.writeOut(position);
        files.failWrites(under("/log/"));
        fill(100);
        assertThatThrownBy(() -> memory.writeOut(200)).isInstanceOf(IOException.class);
        files.failWrites(path -> false);

        assertThat(memory.isBroken()).isTrue();
        assertThat(memory.isInFile(150)).isTrue(); // the half that was written before it failed
        assertThat(memory.isInFile(151)).isFalse();
        assertThatThrownBy(() -> memory.writeOut(200))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a write before failed");
    }

    @Test
    void whoeverFindsAnotherAtItDoesNotWait() throws Exception {
        fill(100);
        files.stallWrites(under("/log/"));
        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(this::writeOutAll);
        try {
            while (files.stalled() == 0 && !first.isDone()) {
                Thread.onSpinWait();
            }
            assertThat(memory.writeOut(100)).isFalse();
            assertThat(memory.isInFile(1)).isFalse();
        } finally {
            files.endStall();
        }
        assertThat(first.get()).isTrue();
        assertFile();
    }

    @Test
    void oneThreadFillsWhileTwoOthersWrite() throws Exception {
        AtomicLong published = new AtomicLong();
        long all = 3_000_000;
        Runnable write = () -> {
            while (!memory.isInFile(all)) {
                try {
                    memory.writeOut(published.get());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        CompletableFuture<Void> writer = CompletableFuture.runAsync(write);
        CompletableFuture<Void> other = CompletableFuture.runAsync(write);
        Random random = new Random(1);
        while (position < all && !writer.isDone()) {
            if (fill((int) Math.min(1 + random.nextInt(300), all - position))) {
                published.set(position);
            } else {
                Thread.onSpinWait();
            }
        }
        writer.get();
        other.get();
        assertFile();
    }

    private boolean writeOutAll() {
        try {
            return memory.writeOut(position);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean fill(int bytes) throws IOException {
        int index = memory.take(position, bytes);
        if (index == TailMemory.NO_ROOM) {
            return false;
        }
        while (position + bytes > log.endPosition()) {
            log.addNext();
        }
        for (int i = 0; i < bytes; i++) {
            memory.buffer().put(index + i, at(position + i));
        }
        position += bytes;
        return true;
    }

    private long written() {
        long low = 0;
        long high = position;
        while (low < high) {
            long middle = (low + high + 1) / 2;
            if (memory.isInFile(middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private void assertFile() throws IOException {
        for (long base = 0; base < position; base += SEGMENT) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(SEGMENT, position - base));
            log.segmentAt(base).orElseThrow().read(bytes, base);
            for (int i = 0; i < bytes.limit(); i++) {
                if (bytes.get(i) != at(base + i)) {
                    throw new AssertionError("at " + (base + i) + " of " + position + ": " + bytes.get(i)
                            + ", expected " + at(base + i));
                }
            }
        }
    }

    private static byte at(long position) {
        return (byte) (position * 31 + (position >> 8) * 7 + 1);
    }
}
