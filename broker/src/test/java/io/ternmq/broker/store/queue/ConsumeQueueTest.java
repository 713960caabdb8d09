package io.ternmq.broker.store.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.broker.store.ArrivalListener;
import io.ternmq.broker.store.EntryTag;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.file.DiskFullException;
import io.ternmq.broker.store.file.FaultyFiles;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.MessageRecordEncoder;
import io.ternmq.common.message.RecordForm;
import io.ternmq.common.message.StoredHost;
import io.ternmq.common.seeds.Seeds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsumeQueueTest {
    private static final int FILE_BYTES = 100 * ConsumeQueueEntry.BYTES; // shorter than what is written together

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path root;

    private final FaultyFiles disk = new FaultyFiles().withoutForces();
    private final OpenQueueFiles open = new OpenQueueFiles(new QueueFilesAllowed(4));
    private final MessageRecord record = record();
    private final KnownEntries known = new KnownEntries();

    @Test
    void fewEntriesAreReadAtOnceAndWrittenTogetherLater() throws IOException {
        ConsumeQueue queue = queue();

        take(queue, 5);

        assertThat(positions(queue, 0, 9)).containsExactly(0L, 10L, 20L, 30L, 40L);
        assertThat(root.resolve("0")).doesNotExist();
        queue.writeOut();
        assertThat(files()).hasSize(1);
        assertThat(positions(queue, 3, 9)).containsExactly(30L, 40L);
        open.closeAll();
    }

    @Test
    void manyEntriesAreWrittenAsTheyAreSettledAndReadAcrossFilesAndMemory() throws IOException {
        ConsumeQueue queue = queue();

        take(queue, ConsumeQueue.WRITTEN_TOGETHER - 1);
        assertThat(root.resolve("0")).doesNotExist();
        take(queue, 1);
        take(queue, 7);

        assertThat(files()).hasSize(2);
        int all = ConsumeQueue.WRITTEN_TOGETHER + 7;
        assertThat(positions(queue, 0, all + 5)).hasSize(all).isSorted().last().isEqualTo(10L * (all - 1));
        open.closeAll();
    }

    @Test
    void entriesNotSettledAreNotRead() throws IOException {
        ConsumeQueue queue = queue();

        add(queue, 3);

        assertThat(queue.hasPending()).isTrue();
        assertThat(positions(queue, 0, 5)).isEmpty();
        queue.settle();
        assertThat(positions(queue, 0, 5)).hasSize(3);
    }

    @Test
    void withoutSpaceNothingIsSettledAndAllIsOnceThereIsSome() throws IOException {
        ConsumeQueue queue = queue();
        take(queue, 100);
        add(queue, 100);
        disk.leaveSpace(path -> true, 50);

        assertThatThrownBy(queue::settle).isInstanceOf(DiskFullException.class);
        assertThatThrownBy(queue::writeOut).isInstanceOf(DiskFullException.class);
        int readWithoutSpace = positions(queue, 0, 300).size();
        disk.returnSpace();
        queue.settle();

        assertThat(readWithoutSpace).isEqualTo(100);
        assertThat(positions(queue, 0, 300))
                .containsExactlyElementsOf(
                        LongStream.range(0, 200).mapToObj(i -> 10 * i).toList());
        open.closeAll();
    }

    @Test
    void listenersHearOfEachEntryOnceAndWithItsOwnTagAlsoWhenSettlingHadFailed() throws IOException {
        List<String> heard = new ArrayList<>();
        QueueFiles files = new QueueFiles(disk, open, root.resolve("0"), FILE_BYTES);
        ConsumeQueue queue =
                new ConsumeQueue(new TopicQueue("T", 0), files, its -> 7 * its.queueOffset(), List.of(heardIn(heard)));
        take(queue, 100);
        add(queue, 100);
        disk.leaveSpace(path -> true, 50);
        assertThatThrownBy(queue::settle).isInstanceOf(DiskFullException.class);
        assertThat(heard).hasSize(100);

        disk.returnSpace();
        queue.settle();
        queue.settle(); // nothing is pending
        take(queue, 3);

        assertThat(heard)
                .containsExactlyElementsOf(LongStream.range(0, 203)
                        .mapToObj(offset -> "T0@" + offset + "#" + 7 * offset)
                        .toList());
        open.closeAll();
    }

    private static ArrivalListener heardIn(List<String> heard) {
        return new ArrivalListener() {
            @Override
            public void attached(Runnable ring) {
                throw new AssertionError("nobody attaches it");
            }

            @Override
            public void arrived(TopicQueue queue, long queueOffset, long tagsHash) {
                heard.add(queue.topic() + queue.queueId() + "@" + queueOffset + "#" + tagsHash);
            }

            @Override
            public int doWork() {
                return 0;
            }
        };
    }

    @Test
    void readersOfAQueueThatBeginsAnewSeeTheOldOrTheNewAndNothingElse()
            throws IOException, InterruptedException, ExecutionException {
        ConsumeQueue queue = queue();
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicIntegerArray looked = new AtomicIntegerArray(2); // entries that each reader has seen
        // Of their own: the common pool of some JDKs gives two tasks one thread, one after the other.
        ExecutorService threads = Executors.newFixedThreadPool(looked.length());
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (int i = 0; i < looked.length(); i++) {
            int reader = i;
            Random random = new Random(i);
            readers.add(CompletableFuture.runAsync(
                    () -> {
                        while (!isOver.get()) {
                            long offset = random.nextInt(600);
                            List<Long> read = reader == 0 ? positions(queue, offset, 8) : known(queue, offset, 8);
                            assertThat(read.stream()
                                            .map(position -> position / 1_000_000)
                                            .distinct())
                                    .hasSizeLessThanOrEqualTo(1);
                            for (long position : read) {
                                // Positions name their offset; those of each new beginning are 1,000,000 apart.
                                assertThat(position % 1_000_000).isEqualTo(10 * offset++);
                                looked.incrementAndGet(reader);
                            }
                        }
                    },
                    threads));
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int round = 0;
                round < 400 || (readersWithSome(looked) != looked.length() && System.nanoTime() - deadline < 0);
                round++) {
            base = round * 1_000_000L;
            Random random = new Random(round);
            while (queue.nextOffset() < 600) {
                take(queue, 1 + random.nextInt(60));
            }
            queue.restart();
        }
        isOver.set(true);
        threads.shutdown();

        for (CompletableFuture<Void> reader : readers) {
            reader.get();
        }
        assertThat(readersWithSome(looked)).isEqualTo(looked.length()); // or nothing was tried
        open.closeAll();
    }

    @Test
    void whatIsKnownOfAQueueIsForgottenWhenItBeginsAnew() throws IOException {
        ConsumeQueue queue = queue();
        take(queue, KnownEntries.STRETCH);
        assertThat(known(queue, 8, 2)).containsExactly(80L, 90L);
        assertThat(known.readKnown(queue, 8, ByteBuffer.allocate(2 * ConsumeQueueEntry.BYTES)))
                .isTrue();

        queue.restart();
        base = 1_000_000;
        take(queue, KnownEntries.STRETCH);

        assertThat(known.readKnown(queue, 8, ByteBuffer.allocate(2 * ConsumeQueueEntry.BYTES)))
                .isFalse();
        assertThat(known(queue, 8, 2)).containsExactly(1_000_080L, 1_000_090L);
        open.closeAll();
    }

    @Test
    void asManyStretchesAreKnownAsThereArePlaces() throws IOException {
        ConsumeQueue queue = queue();
        int stretches = KnownEntries.PLACES + 2;
        take(queue, stretches * KnownEntries.STRETCH);

        for (int stretch = 0; stretch < stretches; stretch++) {
            assertThat(known(queue, (long) stretch * KnownEntries.STRETCH, 1)).hasSize(1);
        }

        long count = LongStream.range(0, stretches)
                .filter(stretch -> known.readKnown(
                        queue, stretch * KnownEntries.STRETCH, ByteBuffer.allocate(ConsumeQueueEntry.BYTES)))
                .count();
        assertThat(count).isEqualTo(KnownEntries.PLACES);
        open.closeAll();
    }

    private static int readersWithSome(AtomicIntegerArray looked) {
        return (int) IntStream.range(0, looked.length())
                .filter(reader -> looked.get(reader) > 0)
                .count();
    }

    @Seeds(count = 200)
    void agreesWithAListWhateverIsDoneToIt(Random random) throws IOException {
        ConsumeQueue queue = queue();
        List<Long> expected = new ArrayList<>(); // positions by offset
        long first = 0;
        for (int step = 0; step < 40; step++) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    int count = 1 + random.nextInt(random.nextBoolean() ? 10 : 300);
                    take(queue, count);
                    for (int i = 0; i < count; i++) {
                        expected.add(10L * expected.size());
                    }
                }
                case 6 -> {
                    if (!queue.isEmpty()) {
                        long to = (long) expected.size() + random.nextInt(300);
                        queue.skipTo(to, 10 * to);
                        while (expected.size() < to) {
                            expected.add(10 * to); // as the first one behind them
                        }
                    }
                }
                case 3 -> queue.writeOut();
                case 4 -> {
                    int to = expected.isEmpty() ? 0 : random.nextInt(expected.size() + 1);
                    queue.rewindTo(10L * to);
                    int end = indexOf(expected, Math.min(queue.firstFilesOffset(), expected.size()), 10L * to);
                    expected = new ArrayList<>(expected.subList(0, end));
                    first = Math.min(first, end);
                }
                case 5 -> {
                    if (!expected.isEmpty()) {
                        long to = random.nextInt(expected.size());
                        queue.prune(10L * to);
                        first = Math.max(first, indexOf(expected, first, 10L * to));
                    }
                }
                default -> {
                    if (random.nextInt(4) == 0) {
                        queue.restart();
                        expected.clear();
                        first = 0;
                    }
                }
            }
            assertThat(queue.range().maxOffset()).isEqualTo(expected.size());
            long from = first + (expected.size() > first ? random.nextInt((int) (expected.size() - first)) : 0);
            int count = 1 + random.nextInt(200);
            assertThat(positions(queue, from, count)).containsExactlyElementsOf(expected.subList((int) from, (int)
                    Math.min(expected.size(), from + count)));
            assertThat(known(queue, from, count)).isEqualTo(positions(queue, from, count));
            assertThat(queue.positionOf(from))
                    .isEqualTo(
                            from < expected.size() ? OptionalLong.of(expected.get((int) from)) : OptionalLong.empty());
            assertThat(queue.firstOffsetFrom(10 * from))
                    .isEqualTo(indexOf(expected, queue.range().minOffset(), 10 * from));
        }
        queue.remove();
    }

    // Index of the first position from one on; what comes before is smaller.
    private static int indexOf(List<Long> positions, long from, long position) {
        int index = (int) from;
        while (index < positions.size() && positions.get(index) < position) {
            index++;
        }
        return index;
    }

    private long base; // added to positions

    private ConsumeQueue queue() {
        QueueFiles files = new QueueFiles(disk, open, root.resolve("0"), FILE_BYTES);
        return new ConsumeQueue(new TopicQueue("T", 0), files, EntryTag.HASH, List.of());
    }

    private List<String> files() throws IOException {
        return disk.fileNames(root.resolve("0"));
    }

    private void take(ConsumeQueue queue, int count) throws IOException {
        add(queue, count);
        queue.settle();
    }

    private void add(ConsumeQueue queue, int count) {
        for (int i = 0; i < count; i++) {
            long offset = queue.nextOffset();
            MessageRecordEncoder.stamp(record.buffer(), 0, offset, base + 10 * offset, 1);
            queue.add(record);
        }
    }

    private static List<Long> positions(ConsumeQueue queue, long offset, int count) {
        return positions(entries -> queue.read(offset, entries), count);
    }

    private List<Long> known(ConsumeQueue queue, long offset, int count) {
        return positions(entries -> known.read(queue, offset, entries), count);
    }

    private interface Reading {
        int into(ByteBuffer entries) throws IOException;
    }

    private static List<Long> positions(Reading reading, int count) {
        try {
            ByteBuffer entries = ByteBuffer.allocate(count * ConsumeQueueEntry.BYTES);
            int read = reading.into(entries);
            List<Long> positions = new ArrayList<>();
            ConsumeQueueEntry entry = new ConsumeQueueEntry();
            for (int i = 0; i < read; i++) {
                positions.add(entry.wrap(entries, i * ConsumeQueueEntry.BYTES).position());
            }
            return positions;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static MessageRecord record() {
        StoredHost host = StoredHost.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));
        byte[] topic = "T".getBytes(StandardCharsets.UTF_8);
        MessageRecordEncoder encoder = new MessageRecordEncoder(1024);
        encoder.add(new RecordForm(0, 0, 0, 0, host, host, 0, 0, ByteBuffer.allocate(1), topic, new byte[0]));
        ByteBuffer bytes = ByteBuffer.allocate(encoder.length());
        bytes.put(encoder.buffer().duplicate().position(0).limit(encoder.length()))
                .flip();
        MessageRecord record = new MessageRecord();
        assertThat(record.wrap(bytes)).isTrue();
        return record;
    }
}
