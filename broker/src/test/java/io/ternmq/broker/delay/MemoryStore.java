package io.ternmq.broker.delay;

import io.ternmq.broker.store.AppendInterceptor.Verdict;
import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.AppendOutcome.Confirmation;
import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.AppendOutcome.Refused;
import io.ternmq.broker.store.FakeStore;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.ReadRequest;
import io.ternmq.broker.store.ReadResult;
import io.ternmq.broker.store.ReadResult.Status;
import io.ternmq.broker.store.StoreSpace;
import io.ternmq.broker.store.StoreState;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.MessageRecordEncoder;
import io.ternmq.common.message.RecordForm;
import io.ternmq.common.message.StoredHost;
import io.ternmq.common.time.Clock;
import io.ternmq.common.topic.TopicNames;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A store of real records in memory, with the doors that delay levels use. Readable at once, or only when flushed; it
 * refuses, keeps its answers back, or loses what was not flushed, as a test says. One thread.
 */
public final class MemoryStore extends FakeStore {
    public static final InetSocketAddress HOST = new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911);

    private final DelayLevels levels;
    private final DelayArrivals arrivals;
    private final HeldBack heldBack;
    private final Clock clock;
    private final boolean isReadWhenFlushed;

    private final List<ByteBuffer> log = new ArrayList<>(); // "position" of a record: 1000 times its number here
    private final Map<TopicQueue, List<Integer>> queues = new HashMap<>();
    private final Map<TopicQueue, Long> tails = new HashMap<>();
    private final Map<TopicQueue, Long> firsts = new HashMap<>();
    private final ArrayDeque<Runnable> inbox = new ArrayDeque<>();
    private int dispatched;
    private int flushed;
    private int leases;
    private boolean holdsAnswers;
    private Optional<Refused> refusal = Optional.empty();

    public MemoryStore(DelayLevels levels, DelayArrivals arrivals, Clock clock, boolean isReadWhenFlushed) {
        this.levels = levels;
        this.arrivals = arrivals;
        this.heldBack = new HeldBack(levels);
        this.clock = clock;
        this.isReadWhenFlushed = isReadWhenFlushed;
    }

    /** Same log, as a new run finds it. */
    public MemoryStore reopened(DelayLevels nowLevels, DelayArrivals nowArrivals) {
        MemoryStore next = new MemoryStore(nowLevels, nowArrivals, clock, isReadWhenFlushed);
        next.log.addAll(log);
        for (ByteBuffer bytes : log) {
            MessageRecord record = view(bytes);
            next.tails.put(new TopicQueue(record.topic(), record.queueId()), record.queueOffset() + 1);
        }
        next.firsts.putAll(firsts);
        next.flush();
        return next;
    }

    @Override
    public void refuse(Refusal reason, String detail) {
        refusal = Optional.of(new Refused(reason, detail));
    }

    void refuseNoMore() {
        refusal = Optional.empty();
    }

    /** From now on appends are taken but neither stored nor answered. */
    void holdAnswers() {
        holdsAnswers = true;
    }

    /** Stores or refuses, and answers, what was taken. */
    void answer() {
        holdsAnswers = false;
        while (!inbox.isEmpty()) {
            inbox.remove().run();
        }
    }

    void flush() {
        flushed = log.size();
        dispatch();
    }

    /** What a power cut leaves. */
    void loseUnflushed() {
        while (log.size() > flushed) {
            log.remove(log.size() - 1);
        }
    }

    /** Removes what lies below an offset of a level's queue, as retention does. */
    void removeBelow(int level, long offset) {
        firsts.put(new TopicQueue(TopicNames.SCHEDULE, level - 1), offset);
    }

    /** Records of a queue that can be read, in order. */
    public List<MessageRecord> readable(String topic, int queueId) {
        return queues.getOrDefault(new TopicQueue(topic, queueId), List.of()).stream()
                .map(number -> view(log.get(number)))
                .toList();
    }

    /** All records that are not waiting, in the order of the log. */
    List<MessageRecord> delivered() {
        return log.stream()
                .map(MemoryStore::view)
                .filter(record -> !record.topic().equals(TopicNames.SCHEDULE))
                .toList();
    }

    public static String text(MessageRecord record) {
        return StandardCharsets.UTF_8.decode(record.body()).toString();
    }

    @Override
    public int leased() {
        return leases;
    }

    @Override
    public CompletableFuture<AppendOutcome> append(List<MessageDraft> unit, boolean waitForConfirmation) {
        List<MessageDraft> toStore = ((Verdict.Pass) heldBack.intercept(unit)).unit();
        ByteBuffer record = encoded(toStore.get(0));
        CompletableFuture<AppendOutcome> answer = new CompletableFuture<>();
        Runnable append = () -> answer.complete(stored(record));
        if (holdsAnswers) {
            inbox.add(append);
        } else {
            append.run();
        }
        return answer;
    }

    @Override
    public int entryTags(TopicQueue queue, long offset, long[] tags) {
        List<Integer> entries = queues.getOrDefault(queue, List.of());
        if (offset < firsts.getOrDefault(queue, 0L)) {
            return 0;
        }
        int count = 0;
        while (count < tags.length && offset + count < entries.size()) {
            tags[count] = levels.dueMillis(view(log.get(entries.get((int) offset + count))));
            count++;
        }
        return count;
    }

    @Override
    public ReadResult read(ReadRequest request) {
        leases++;
        List<Integer> entries = queues.getOrDefault(request.queue(), List.of());
        List<ByteBuffer> records = new ArrayList<>();
        long next = request.offset();
        while (next < entries.size() && records.size() < request.countMax()) {
            records.add(log.get(entries.get((int) next++)).duplicate());
        }
        QueueRange range = range(request.queue());
        Status status = records.isEmpty() ? Status.AT_END : Status.FOUND;
        return new ReadResult(status, next, range.minOffset(), range.maxOffset(), records, false, () -> leases--);
    }

    @Override
    public <T> Optional<T> readRecord(long at, Function<ByteBuffer, T> reader) {
        boolean isThere = at >= 0 && at % 1000 == 0 && at / 1000 < log.size();
        return isThere
                ? Optional.ofNullable(reader.apply(log.get((int) (at / 1000)).duplicate()))
                : Optional.empty();
    }

    @Override
    public QueueRange range(TopicQueue queue) {
        int end = queues.getOrDefault(queue, List.of()).size();
        return new QueueRange(firsts.getOrDefault(queue, 0L), end);
    }

    @Override
    public List<TopicQueue> queues() {
        return List.copyOf(queues.keySet());
    }

    @Override
    public StoreState state() {
        return new StoreState(0, 1000L * log.size(), 1000L * flushed, 1000L * dispatched, refusal);
    }

    @Override
    public StoreSpace space() {
        return new StoreSpace(0.5, 1000, 500);
    }

    private AppendOutcome stored(ByteBuffer bytes) {
        if (refusal.isPresent()) {
            return refusal.get();
        }
        MessageRecord record = view(bytes);
        TopicQueue queue = new TopicQueue(record.topic(), record.queueId());
        long offset = tails.merge(queue, 1L, Long::sum) - 1;
        long position = 1000L * log.size();
        MessageRecordEncoder.stamp(bytes, 0, offset, position, clock.wallMillis());
        log.add(bytes);
        dispatch();
        return new AppendOutcome.Stored(offset, new long[] {position}, clock.wallMillis(), Confirmation.CONFIRMED);
    }

    private void dispatch() {
        int limit = isReadWhenFlushed ? flushed : log.size();
        while (dispatched < limit) {
            MessageRecord record = view(log.get(dispatched));
            TopicQueue queue = new TopicQueue(record.topic(), record.queueId());
            queues.computeIfAbsent(queue, first -> new ArrayList<>()).add(dispatched);
            dispatched++;
            arrivals.arrived(queue, record.queueOffset(), levels.dueMillis(record));
        }
    }

    private static ByteBuffer encoded(MessageDraft draft) {
        MessageRecordEncoder encoder = new MessageRecordEncoder(1024);
        encoder.add(new RecordForm(
                draft.queueId(),
                draft.flag(),
                draft.sysFlag(),
                draft.bornMillis(),
                StoredHost.of(draft.bornHost()),
                StoredHost.of(HOST),
                draft.reconsumeTimes(),
                draft.preparedPosition(),
                draft.body(),
                draft.topic().getBytes(StandardCharsets.UTF_8),
                draft.properties().getBytes(StandardCharsets.UTF_8)));
        ByteBuffer bytes = ByteBuffer.allocate(encoder.length());
        bytes.put(encoder.buffer().duplicate().position(0).limit(encoder.length()));
        return bytes.flip();
    }

    static MessageRecord view(ByteBuffer bytes) {
        MessageRecord record = new MessageRecord();
        if (!record.wrap(bytes)) {
            throw new AssertionError("no record");
        }
        return record;
    }
}
