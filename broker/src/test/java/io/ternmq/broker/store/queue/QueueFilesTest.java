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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueFilesTest {
    private static final int FILE_BYTES = 2000;

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
