package io.ternmq.broker.store.engine;

import static io.ternmq.broker.store.engine.StoreFixture.awaitDispatched;
import static io.ternmq.broker.store.engine.StoreFixture.bodiesOf;
import static io.ternmq.broker.store.engine.StoreFixture.store;
import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.MessageFilter;
import io.ternmq.broker.store.ReadRequest;
import io.ternmq.broker.store.ReadResult;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.file.DiskFiles;
import io.ternmq.broker.store.file.Mapping;
import io.ternmq.broker.store.file.StoreFile;
import io.ternmq.broker.store.file.StoreFiles;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a read can be told beforehand to touch memory alone, and what is asked of files then: nothing. */
final class MemoryReadTest {
    private static final int MESSAGES = 1_200; // two stretches of entries that are remembered whole, and some
    private static final int STRETCH = 512;

    @TempDir
    private Path root;

    private final Thread test = Thread.currentThread();
    private final AtomicInteger fileReads = new AtomicInteger();
    private final AtomicBoolean isEvicted = new AtomicBoolean();

    @Test
    void whoReadsOnIsServedFromMemoryAsFromTheDisk() {
        try (LocalMessageStore store = filled()) {
            List<String> fromDisk = bodiesOf(store.read(at(0)));
            fileReads.set(0);

            for (int offset = 0; offset <= STRETCH - 32; offset += 32) {
                Optional<ReadResult> result = store.readFromMemory(at(offset));

                assertThat(result).as("offset %d", offset).isPresent();
                assertThat(result.get().status()).isEqualTo(ReadResult.Status.FOUND);
                assertThat(result.get().nextOffset()).isEqualTo(offset + 32);
                List<String> bodies = bodiesOf(result.get());
                assertThat(bodies).startsWith("m" + offset).endsWith("m" + (offset + 31));
                assertThat(offset > 0 || bodies.equals(fromDisk)).isTrue();
            }
            assertThat(fileReads).hasValue(0);
        }
    }

    @Test
    void whereNobodyHasReadNothingIsKnown() {
        try (LocalMessageStore store = filled()) {
            assertThat(store.readFromMemory(at(0))).isEmpty();
            bodiesOf(store.read(at(0)));
            assertThat(store.readFromMemory(at(STRETCH))).isEmpty();
            assertThat(store.readFromMemory(at(STRETCH - 16)))
                    .as("half of it known")
                    .isEmpty();
            assertThat(bodiesOf(store.read(at(STRETCH - 16))))
                    .startsWith("m496")
                    .endsWith("m527");
            Optional<ReadResult> across = store.readFromMemory(at(STRETCH - 16));
            assertThat(across).isPresent();
            assertThat(bodiesOf(across.get())).startsWith("m496").endsWith("m527");
        }
    }

    @Test
    void theEndOfAQueueIsLeftToReaders() {
        try (LocalMessageStore store = filled()) {
            assertThat(bodiesOf(store.read(at(MESSAGES - 8)))).hasSize(8);
            assertThat(store.readFromMemory(at(MESSAGES - 8))).isEmpty();
            assertThat(store.readFromMemory(at(MESSAGES))).isEmpty();
            assertThat(store.readFromMemory(at(MESSAGES + 1))).isEmpty();
            assertThat(store.readFromMemory(
                            new ReadRequest(new TopicQueue("other", 0), 0, 32, 1 << 20, MessageFilter.ALL)))
                    .isEmpty();
        }
    }

    @Test
    void whatTheSystemHasEvictedIsLeftToReaders() {
        try (LocalMessageStore store = filled()) {
            bodiesOf(store.read(at(0)));
            isEvicted.set(true);

            assertThat(store.readFromMemory(at(32))).isEmpty();
            assertThat(bodiesOf(store.read(at(32)))).startsWith("m32").hasSize(32);
        }
    }

    @Test
    void aTopicThatIsMadeAgainIsNotReadAsItWas() {
        try (LocalMessageStore store = filled()) {
            bodiesOf(store.read(at(0)));
            store.deleteTopic("T");
            for (int i = 0; i < MESSAGES; i++) {
                store(store, "T", 0, "again " + i);
            }
            awaitDispatched(store);

            assertThat(store.readFromMemory(at(0))).isEmpty();
            bodiesOf(store.read(at(0)));
            Optional<ReadResult> result = store.readFromMemory(at(0));
            assertThat(result).isPresent();
            assertThat(bodiesOf(result.get())).startsWith("again 0").endsWith("again 31");
        }
    }

    @Test
    void whatWasWrittenLastIsReadWithoutTheOlderEntriesBesideIt() {
        try (LocalMessageStore store = filled("storeHotReadBytes", "65536")) {
            int offset = 2 * STRETCH - 4; // the queue has its whole stretch
            assertThat(store.isHot(new TopicQueue("T", 0), offset)).isTrue();

            bodiesOf(store.read(at(offset)));

            assertThat(store.readFromMemory(
                            new ReadRequest(new TopicQueue("T", 0), offset, 1, 1 << 20, MessageFilter.ALL)))
                    .isEmpty();
        }
    }

    @Test
    void whereAFilterWantsFewAReaderLooksForMore() {
        try (LocalMessageStore store = filled()) {
            bodiesOf(store.read(at(0)));
            AtomicInteger looked = new AtomicInteger();
            MessageFilter oneOfSixteen = new MessageFilter() {
                @Override
                public boolean mayMatch(long tagsHash) {
                    return looked.getAndIncrement() % 16 == 0;
                }
            };

            assertThat(store.readFromMemory(new ReadRequest(new TopicQueue("T", 0), 0, 32, 1 << 20, oneOfSixteen)))
                    .isEmpty();
            assertThat(looked).hasValue(32);
        }
    }

    @Test
    void largeRecordsWhichAreSentFromWhereTheyLieAreLeftToReaders() {
        try (LocalMessageStore store = filled()) {
            for (int i = 0; i < STRETCH; i++) {
                store(store, "large", 0, "x".repeat(5_000));
            }
            awaitDispatched(store);
            ReadRequest large = new ReadRequest(new TopicQueue("large", 0), 0, 8, 1 << 20, MessageFilter.ALL);
            assertThat(bodiesOf(store.read(large))).hasSize(8);

            assertThat(store.readFromMemory(large)).isEmpty();
        }
    }

    @Test
    void noMoreIsGivenThanIsAskedFor() {
        try (LocalMessageStore store = filled()) {
            ReadResult fromDisk = store.read(new ReadRequest(new TopicQueue("T", 0), 64, 32, 500, MessageFilter.ALL));
            Optional<ReadResult> fromMemory =
                    store.readFromMemory(new ReadRequest(new TopicQueue("T", 0), 64, 32, 500, MessageFilter.ALL));

            assertThat(fromMemory).isPresent();
            assertThat(fromMemory.get().nextOffset())
                    .isEqualTo(fromDisk.nextOffset())
                    .isLessThan(96);
            assertThat(bodiesOf(fromMemory.get())).isEqualTo(bodiesOf(fromDisk)).isNotEmpty();
        }
    }

    private LocalMessageStore filled() {
        return filled("storeHotReadBytes", "0");
    }

    private LocalMessageStore filled(String key, String value) {
        LocalMessageStore store = new StoreFixture(root)
                .with(key, value)
                .with("mappedFileSizeCommitLog", "1048576")
                .with(watched())
                .open();
        for (int i = 0; i < MESSAGES; i++) {
            store(store, "T", 0, "m" + i);
        }
        awaitDispatched(store);
        return store;
    }

    private static ReadRequest at(long offset) {
        return new ReadRequest(new TopicQueue("T", 0), offset, 32, 1 << 20, MessageFilter.ALL);
    }

    private StoreFiles watched() {
        StoreFiles disk = new DiskFiles();
        return proxy(
                StoreFiles.class, (name, answer) -> answer instanceof StoreFile file ? watched(file) : answer, disk);
    }

    private StoreFile watched(StoreFile file) {
        return proxy(
                StoreFile.class,
                (name, answer) -> {
                    if (name.equals("read") && Thread.currentThread() == test) {
                        fileReads.incrementAndGet();
                    }
                    return answer instanceof Mapping mapping ? watched(mapping) : answer;
                },
                file);
    }

    private Mapping watched(Mapping mapping) {
        return proxy(
                Mapping.class,
                (name, answer) -> name.equals("isInMemory") ? (Object) ((boolean) answer && !isEvicted.get()) : answer,
                mapping);
    }

    private interface Watch {
        Object over(String method, Object answer);
    }

    private static <T> T proxy(Class<T> type, Watch watch, T real) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return watch.over(method.getName(), method.invoke(real, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(proxy);
    }
}
