package io.ternmq.broker.store.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.file.DiskFiles;
import io.ternmq.broker.store.file.StoreFiles;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenQueueFilesTest {
    private static final int LIMIT = 4;
    private static final int FILES = 20;
    private static final int BYTES = 2000;

    @TempDir
    private Path directory;

    private final OpenQueueFiles open = new OpenQueueFiles(new QueueFilesAllowed(LIMIT));
    private final Set<Path> opens = ConcurrentHashMap.newKeySet();

    private final StoreFiles disk = (StoreFiles) Proxy.newProxyInstance(
            StoreFiles.class.getClassLoader(), new Class<?>[] {StoreFiles.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("open")) {
                    opens.add((Path) arguments[0]);
                }
                return method.invoke(new DiskFiles(), arguments);
            });

    @Test
    void noMoreFilesAreOpenThanTheLimitAndThoseClosedAreOpenedWhenTheyAreUsed() throws IOException {
        List<QueueFile> files = written();

        assertThat(open.count()).isEqualTo(LIMIT);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < FILES; i++) {
                assertThat(numberIn(files.get(i))).isEqualTo(i);
                assertThat(open.count()).isLessThanOrEqualTo(LIMIT);
            }
        }
    }

    @Test
    void aFileInUseOutlastsThoseThatAreNot() throws IOException {
        List<QueueFile> files = written();
        QueueFile favourite = files.get(FILES - 1);
        opens.clear();

        for (int i = 0; i < FILES - 1; i++) {
            numberIn(files.get(i));
            numberIn(favourite);
        }

        assertThat(opens).hasSizeGreaterThanOrEqualTo(FILES - LIMIT).doesNotContain(pathOf(FILES - 1));
    }

    @Test
    void allAreClosedAtTheEndAndCanBeUsedStill() throws IOException {
        List<QueueFile> files = written();

        open.closeAll();

        assertThat(open.count()).isZero();
        assertThat(numberIn(files.get(7))).isEqualTo(7);
        open.closeAll();
    }

    @Test
    void manyReadersThatCloseFilesUnderEachOtherReadWhatIsThere()
            throws IOException, InterruptedException, ExecutionException {
        List<QueueFile> files = written();
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (int reader = 0; reader < 4; reader++) {
            Random random = new Random(reader);
            readers.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 2000; i++) {
                    int number = random.nextInt(FILES);
                    assertThat(numberIn(files.get(number))).isEqualTo(number);
                }
            }));
        }

        for (CompletableFuture<Void> reader : readers) {
            reader.get();
        }
        assertThat(open.count()).isLessThanOrEqualTo(LIMIT);
        open.closeAll();
    }

    @Test
    void aRemovedFileIsNotMadeAnewByItsReaders() throws IOException {
        QueueFile file = written().get(3);

        file.remove();

        assertThat(file.read(ByteBuffer.allocate(Integer.BYTES), 0)).isFalse();
        assertThat(pathOf(3)).doesNotExist();
        open.closeAll();
    }

    private List<QueueFile> written() throws IOException {
        List<QueueFile> files = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            QueueFile file = new QueueFile(disk, open, pathOf(i), 0, BYTES);
            file.write(ByteBuffer.allocate(Integer.BYTES).putInt(0, i), 0);
            files.add(file);
        }
        return files;
    }

    private Path pathOf(int number) {
        return directory.resolve(Integer.toString(number));
    }

    private static int numberIn(QueueFile file) {
        ByteBuffer number = ByteBuffer.allocate(Integer.BYTES);
        try {
            assertThat(file.read(number, 0)).isTrue();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return number.getInt(0);
    }
}
