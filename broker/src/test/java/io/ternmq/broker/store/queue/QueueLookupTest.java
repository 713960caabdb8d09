package io.ternmq.broker.store.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.broker.store.EntryTag;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.file.FaultyFiles;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.MessageRecordEncoder;
import io.ternmq.common.message.RecordForm;
import io.ternmq.common.message.StoredHost;
import io.ternmq.common.seeds.Seeds;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueLookupTest {
    private static final StoredHost HOST =
            StoredHost.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));

    @TempDir
    private Path root;

    private final QueueLookup lookup = new QueueLookup();
    private final OpenQueueFiles open = new OpenQueueFiles(new QueueFilesAllowed(4));

    @Seeds(count = 100)
    void agreesWithAMapWhateverIsAddedAndRemoved(Random random) {
        Map<TopicQueue, ConsumeQueue> expected = new HashMap<>();
        for (int step = 0; step < 600; step++) {
            TopicQueue name = new TopicQueue(topic(random.nextInt(40)), random.nextInt(12));
            ConsumeQueue had = expected.get(name);
            assertThat(find(name)).isEqualTo(Optional.ofNullable(had));
            if (had == null) {
                ConsumeQueue queue = queue(name);
                expected.put(name, queue);
                lookup.add(queue);
            } else if (random.nextInt(3) == 0) {
                expected.remove(name);
                lookup.remove(had);
            }
        }
        expected.forEach((name, queue) -> assertThat(find(name)).containsSame(queue));
    }

    @Test
    void topicsWithOneKeyAreToldApart() {
        TopicQueue first = new TopicQueue("HUmS0tnT", 3);
        TopicQueue second = new TopicQueue("GSNPg9Jg", 3); // found by trying
        ConsumeQueue queue = queue(first);

        lookup.add(queue);

        assertThat(find(first)).containsSame(queue);
        assertThat(find(second)).isEmpty();
        ConsumeQueue its = queue(second);
        assertThat(its.key()).isEqualTo(queue.key());
        lookup.add(its);
        assertThat(find(first)).containsSame(queue);
        assertThat(find(second)).containsSame(its);
        lookup.remove(queue);
        assertThat(find(first)).isEmpty();
        assertThat(find(second)).containsSame(its);
    }

    @ParameterizedTest
    @CsvSource({
        "topic-%04d, 8",
        "orders-%d, 8",
        "orders-%d, 16",
        "bench%d, 8",
        "T%03d, 8",
        "load_%05d, 1",
        "%%RETRY%%g%d, 1"
    })
    void numberedTopicsAreFoundInFewSteps(String form, int ids) {
        List<ConsumeQueue> queues = new ArrayList<>();
        for (int number = 0; number < 1000; number++) {
            for (int id = 0; id < ids; id++) {
                queues.add(queue(new TopicQueue(String.format(form, number), id)));
            }
        }
        queues.forEach(lookup::add);

        assertThat(queues.stream().mapToInt(lookup::steps).average().orElseThrow())
                .isLessThan(1.8); // 1.5 where half of the slots are in use and chance decides
    }

    @Test
    void whatWasNotAddedCannotBeRemoved() {
        ConsumeQueue stranger = queue(new TopicQueue("T", 0));

        assertThatThrownBy(() -> lookup.remove(stranger))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("T");
    }

    private static String topic(int number) {
        return "t".repeat(1 + number % 7) + number; // of all lengths, with and without a rest of four
    }

    private Optional<ConsumeQueue> find(TopicQueue name) {
        byte[] topic = name.topic().getBytes(StandardCharsets.UTF_8);
        MessageRecordEncoder encoder = new MessageRecordEncoder(1024);
        encoder.add(
                new RecordForm(name.queueId(), 0, 0, 0, HOST, HOST, 0, 0, ByteBuffer.allocate(1), topic, new byte[0]));
        MessageRecord record = new MessageRecord();
        assertThat(record.wrap(encoder.buffer(), 0, encoder.length())).isTrue();
        return lookup.find(record);
    }

    private ConsumeQueue queue(TopicQueue name) {
        QueueFiles files = new QueueFiles(new FaultyFiles(), open, root.resolve("0"), 20);
        return new ConsumeQueue(name, files, EntryTag.HASH, List.of());
    }
}
