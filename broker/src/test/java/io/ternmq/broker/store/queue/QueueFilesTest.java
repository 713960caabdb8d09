package io.ternmq.broker.store.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.broker.store.file.DiskFiles;
import io.ternmq.broker.store.file.StoreFiles;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueFilesTest {
    private static final int FILE_BYTES = 2000;
    private static final long POSITION_OF_FIRST_FILE = 500;

    @TempDir
    private Path root;

    private Path topic;
    private Path queue;
    private QueueFiles files;
    private Callable<Void> beforeForce = () -> null; // of a directory's names

    private final StoreFiles disk = (StoreFiles) Proxy.newProxyInstance(
            StoreFiles.class.getClassLoader(), new Class<?>[] {StoreFiles.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("forceDirectory")) {
                    beforeForce.call();
                }
                try {
                    return method.invoke(new DiskFiles(), arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });

    @BeforeEach
    void writeAnEntry() throws IOException {
        topic = root.resolve("T");
        queue = topic.resolve("0");
        files = new QueueFiles(disk, new OpenQueueFiles(new QueueFilesAllowed(4)), queue, FILE_BYTES);
        files.write(0, ByteBuffer.allocate(ConsumeQueueEntry.BYTES));
    }

    @Test
    void whatAPowerCutBroughtBackOfRemovedFilesIsRemovedAgain() throws IOException {
        threeFilesOfWhichTheSecondIsGone();

        QueueFiles found = find(POSITION_OF_FIRST_FILE + 1, true);

        assertThat(found.isTrimmed()).isTrue();
        assertThat(found.firstPosition()).isEqualTo(2 * FILE_BYTES);
        assertThat(found.lastPosition()).isEqualTo(3 * FILE_BYTES);
        assertThat(found.isDamaged()).isFalse();
        assertThat(queue.resolve(FoundQueues.nameOf(0))).doesNotExist();
    }

    @Test
    void whereTheLogHasWhatTheFirstFilePointsToThoseBehindAMissingOneAreOfNoUse() throws IOException {
        threeFilesOfWhichTheSecondIsGone();

        QueueFiles found = find(POSITION_OF_FIRST_FILE, true);

        assertThat(found.firstPosition()).isZero();
        assertThat(found.lastPosition()).isEqualTo(FILE_BYTES);
        assertThat(found.isDamaged()).isTrue();
        assertThat(queue.resolve(FoundQueues.nameOf(2 * FILE_BYTES))).doesNotExist();
    }

    @Test
    void whereWhatIsBehindAMissingFileIsEmptyThatBeforeItIsKept() throws IOException {
        files.writeBlanks(0, FILE_BYTES, POSITION_OF_FIRST_FILE);
        files.write(FILE_BYTES, ByteBuffer.allocate(2 * FILE_BYTES));
        Files.delete(queue.resolve(FoundQueues.nameOf(FILE_BYTES)));

        QueueFiles found = find(POSITION_OF_FIRST_FILE + 1, true);

        assertThat(found.lastPosition()).isEqualTo(FILE_BYTES);
        assertThat(found.isDamaged()).isTrue();
    }

    @Test
    void aMissingFileBetweenTwoDoesNotMakeTheOthersLonger() throws IOException {
        threeFilesOfWhichTheSecondIsGone();

        assertThat(new FoundQueues(disk, root).fileBytes(FILE_BYTES)).isEqualTo(FILE_BYTES);
    }

    @Test
    void namesThatAKilledProcessMayHaveLeftUnsafeAreForced() throws IOException {
        files.force();

        assertThat(forcedDirectoriesOf(find(0, false))).isEqualTo(2); // its own and its topic's
        assertThat(forcedDirectoriesOf(find(0, true))).isZero();
    }

    @Test
    void thatFilesAreRemovedIsForced() throws IOException {
        files.write(ConsumeQueueEntry.BYTES, ByteBuffer.allocate(2 * FILE_BYTES));
        files.force();

        assertThat(files.removeBelow(FILE_BYTES - 1)).isFalse();
        assertThat(forcedDirectoriesOf(files)).isZero();
        assertThat(files.removeBelow(FILE_BYTES)).isTrue();
        assertThat(forcedDirectoriesOf(files)).isEqualTo(2);
    }

    // Each entry of the first file points to one position, at which nothing lies.
    private void threeFilesOfWhichTheSecondIsGone() throws IOException {
        files.writeBlanks(0, FILE_BYTES, POSITION_OF_FIRST_FILE);
        files.writeBlanks(FILE_BYTES, 3 * FILE_BYTES, 2 * POSITION_OF_FIRST_FILE);
        Files.delete(queue.resolve(FoundQueues.nameOf(FILE_BYTES)));
    }

    private QueueFiles find(long logBegins, boolean areNamesSafe) throws IOException {
        OpenQueueFiles open = new OpenQueueFiles(new QueueFilesAllowed(4));
        FoundQueues.Found found = new FoundQueues(disk, root).all().get(0);
        return QueueFiles.of(found, disk, open, FILE_BYTES, logBegins, areNamesSafe);
    }

    private int forcedDirectoriesOf(QueueFiles which) throws IOException {
        AtomicInteger count = new AtomicInteger();
        beforeForce = () -> {
            count.incrementAndGet();
            return null;
        };
        which.force();
        return count.get();
    }

    @Test
    void aTopicDeletedWhileItsNamesAreForcedIsNoError() throws IOException {
        beforeForce = () -> {
            files.removeAll();
            files.removeDirectory();
            Files.deleteIfExists(topic);
            return null;
        };

        files.force();

        assertThat(topic).doesNotExist();
    }

    @Test
    void aTopicDeletedBetweenTheForcesOfQueueAndTopicIsNoError() throws IOException {
        beforeForce = () -> {
            beforeForce = () -> {
                files.removeAll();
                files.removeDirectory();
                Files.deleteIfExists(topic);
                return null;
            };
            return null;
        };

        files.force();

        assertThat(topic).doesNotExist();
    }

    @Test
    void aDirectoryThatSomebodyElseRemovedIsAnError() {
        beforeForce = () -> {
            Files.delete(queue.resolve(FoundQueues.nameOf(0)));
            Files.delete(queue);
            return null;
        };

        assertThatThrownBy(files::force).isInstanceOf(NoSuchFileException.class).hasMessageContaining(queue.toString());
    }
}
