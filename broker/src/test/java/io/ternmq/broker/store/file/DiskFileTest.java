package io.ternmq.broker.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFileTest {
    private static final int BYTES = 4096;

    @TempDir
    private Path directory;

    private StoreFile file;

    @BeforeEach
    void create() throws IOException {
        file = new DiskFiles().create(directory.resolve("file"), BYTES);
    }

    @AfterEach
    void close() throws IOException {
        assertThat(Thread.interrupted()).isFalse();
        file.close();
    }

    @Test
    void anInterruptedThreadReadsWritesAndForcesAndStaysInterrupted() throws IOException {
        Thread.currentThread().interrupt();

        file.write(ByteBuffer.allocate(Long.BYTES).putLong(0, 42), 100);
        file.force();
        ByteBuffer read = ByteBuffer.allocate(Long.BYTES);
        int count = file.read(read, 100);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(count).isEqualTo(Long.BYTES);
        assertThat(read.getLong(0)).isEqualTo(42);
        assertThat(file.size()).isEqualTo(BYTES);
    }

    @Test
    void anInterruptOfOneThreadDoesNotDisturbTheOthers() throws InterruptedException, ExecutionException {
        AtomicBoolean isOver = new AtomicBoolean();
        List<CompletableFuture<Void>> others = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            long place = number * 512L;
            others.add(CompletableFuture.runAsync(() -> writeAndReadUntil(isOver, place)));
        }

        for (int i = 0; i < 500; i++) {
            Thread.currentThread().interrupt();
            writeAndRead(3 * 512L, i);
            assertThat(Thread.interrupted()).isTrue();
        }

        isOver.set(true);
        for (CompletableFuture<Void> other : others) {
            other.get();
        }
    }

    @Test
    void aClosedFileSaysSoInterruptedOrNot() throws IOException {
        file.close();

        assertThatThrownBy(() -> file.read(ByteBuffer.allocate(1), 0)).isInstanceOf(ClosedChannelException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> file.read(ByteBuffer.allocate(1), 0)).isInstanceOf(ClosedChannelException.class);
        Thread.interrupted();
    }

    @Test
    void aFileIsLengthenedByZerosWithoutBlocksAndCut() throws IOException {
        file.resize(1 << 30);

        ByteBuffer read = ByteBuffer.allocate(8);
        assertThat(file.read(read, (1 << 30) - 8)).isEqualTo(8);
        assertThat(read.getLong(0)).isZero();
        file.resize(10);
        assertThat(file.size()).isEqualTo(10);
        assertThat(file.read(ByteBuffer.allocate(8), 10)).isZero();
    }

    private void writeAndReadUntil(AtomicBoolean isOver, long place) {
        long value = 0;
        while (!isOver.get()) {
            writeAndRead(place, value++);
        }
    }

    private void writeAndRead(long place, long value) {
        try {
            file.write(ByteBuffer.allocate(Long.BYTES).putLong(0, value), place);
            ByteBuffer read = ByteBuffer.allocate(Long.BYTES);
            file.read(read, place);
            assertThat(read.getLong(0)).isEqualTo(value);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
