package io.ternmq.broker.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.AppendOutcome.Stored;
import io.ternmq.broker.store.FakeStore;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.broker.store.StoreConfig;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.engine.LocalMessageStore;
import io.ternmq.common.config.Settings;
import io.ternmq.common.message.SendId;
import io.ternmq.common.time.FakeClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends once, over a store in files. */
final class SendsOnceTest {
    private static final InetSocketAddress HOST = new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911);
    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final RepeatConfig CONFIG = new RepeatConfig(100, LIFETIME);

    @TempDir
    Path directory;

    private final FakeClock clock = new FakeClock();
    private LocalMessageStore store;
    private SendsOnce once;

    @BeforeEach
    void open() {
        Settings settings = Settings.of(Map.of(
                "storePathRootDir", directory.toString(),
                "mappedFileSizeCommitLog", "65536",
                "mappedFileSizeConsumeQueue", "2000",
                "diskFreeSpaceEnough", "0",
                "diskSpaceWarningLevelRatio", "100",
                "diskSpaceCleanForciblyRatio", "100",
                "diskMaxUsedSpaceRatio", "95"));
        store = LocalMessageStore.open(StoreConfig.from(settings), HOST, clock, List.of());
        once = new SendsOnce(store, CONFIG, Runnable::run, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void restart() {
        store.close();
        open();
        once.recall(topic -> topic.equals("Keyed"));
    }

    @Test
    void repeatIsAnsweredWithTheFirstResultAndStoresNothing() {
        SendId id = new SendId(7, 1, 0);
        Placed first = send(id, "T", 2, "a");

        Placed repeat = send(id.again(), "T", 2, "a");

        assertThat(first.isRepeat()).isFalse();
        assertThat(repeat.isRepeat()).isTrue();
        assertThat(repeat.queueId()).isEqualTo(2);
        assertThat(stored(repeat).queueOffset()).isEqualTo(stored(first).queueOffset());
        assertThat(stored(repeat).positions()).isEqualTo(stored(first).positions());
        assertThat(messages("T", 2)).isEqualTo(1);
        assertThat(once.answered()).isEqualTo(1);
    }

    @Test
    void repeatForAnotherQueueIsAnsweredWithTheQueueOfTheFirst() {
        SendId id = new SendId(7, 1, 0);
        send(id, "T", 2, "a");

        Placed repeat = send(id.again(), "T", 3, "a");

        assertThat(repeat.queueId()).isEqualTo(2);
        assertThat(messages("T", 3)).isZero();
    }

    @Test
    void anotherSendOfTheSameMessageIsStored() {
        send(new SendId(7, 1, 0), "T", 0, "a");

        Placed second = send(new SendId(7, 2, 0), "T", 0, "a");

        assertThat(second.isRepeat()).isFalse();
        assertThat(messages("T", 0)).isEqualTo(2);
    }

    @Test
    void idOfAnotherTopicIsAnotherSend() {
        SendId id = new SendId(7, 1, 0);
        send(id, "T", 0, "a");

        assertThat(send(id, "U", 0, "a").isRepeat()).isFalse();
    }

    @Test
    void repeatAfterARestartIsAnsweredWithTheFirstResult() {
        SendId id = new SendId(7, 1, 0);
        send(new SendId(7, 0, 0), "T", 0, "before");
        Placed first = send(id, "T", 0, "a");

        restart();
        Placed repeat = send(id.again(), "T", 0, "a");

        assertThat(repeat.isRepeat()).isTrue();
        assertThat(stored(repeat).positions()).isEqualTo(stored(first).positions());
        assertThat(messages("T", 0)).isEqualTo(2);
    }

    @Test
    void repeatAfterTheLifetimeIsStoredLikeANewMessage() {
        SendId id = new SendId(7, 1, 0);
        send(id, "T", 0, "a");

        clock.advance(LIFETIME.plusMillis(1));
        Placed late = send(id.again(), "T", 0, "a");

        assertThat(late.isRepeat()).isFalse();
        assertThat(messages("T", 0)).isEqualTo(2);
    }

    @Test
    void whatIsOlderThanTheLifetimeIsNotRecalled() {
        SendId old = new SendId(7, 1, 0);
        SendId young = new SendId(7, 2, 0);
        send(old, "T", 0, "a");
        clock.advance(LIFETIME.plusMillis(1));
        send(young, "T", 0, "b");

        restart();

        assertThat(send(old.again(), "T", 0, "a").isRepeat()).isFalse();
        assertThat(send(young.again(), "T", 0, "b").isRepeat()).isTrue();
    }

    @Test
    void repeatOfABatchIsAnsweredWithThePlacesOfAllItsMessages() {
        SendId id = new SendId(7, 1, 0);
        Placed first = answer(append(id, batch(id, "a", "b", "c")));

        restart();
        Placed repeat = answer(append(id, batch(id.again(), "a", "b", "c")));

        assertThat(repeat.isRepeat()).isTrue();
        assertThat(stored(repeat).positions())
                .hasSize(3)
                .isEqualTo(stored(first).positions());
        assertThat(messages("T", 0)).isEqualTo(3);
    }

    @Test
    void uniqueKeyTellsSendsApartWhereTheTopicSaysSo() {
        SendIdentity identity = new SendIdentity.Keyed("Keyed", "K1");
        MessageDraft draft = draft("Keyed", 0, "UNIQ_KEY\u0001K1\u0002", "a");
        answer(once.append(identity, List.of(draft), true));

        restart();
        Placed repeat = answer(once.append(identity, List.of(draft), true));

        assertThat(repeat.isRepeat()).isTrue();
        assertThat(messages("Keyed", 0)).isEqualTo(1);
    }

    @Test
    void repeatWaitsForTheOutcomeOfItsFirstRequest() {
        SlowStore slow = new SlowStore();
        SendsOnce sends = new SendsOnce(slow, CONFIG, Runnable::run, clock);
        SendId id = new SendId(7, 1, 0);
        List<MessageDraft> unit = List.of(draft(id, "T", 0, "a"));

        CompletableFuture<Placed> first = sends.append(identity("T", id), unit, true);
        CompletableFuture<Placed> repeat = sends.append(identity("T", id.again()), unit, true);

        assertThat(slow.asked).hasSize(1);
        assertThat(repeat).isNotDone();
        slow.asked.get(0).complete(new AppendOutcome.Refused(Refusal.DISK_FULL, "full"));
        assertThat(first.join().outcome()).isEqualTo(repeat.join().outcome());
        assertThat(sends.joined()).isEqualTo(1);

        // Refused, it may be tried again.
        assertThat(sends.append(identity("T", id.again()), unit, true)).isNotDone();
        assertThat(slow.asked).hasSize(2);
    }

    @Test
    void failureOfTheStoreReachesAllWhoWaitAndLeavesNothingBehind() {
        SlowStore slow = new SlowStore();
        SendsOnce sends = new SendsOnce(slow, CONFIG, Runnable::run, clock);
        SendId id = new SendId(7, 1, 0);
        List<MessageDraft> unit = List.of(draft(id, "T", 0, "a"));
        CompletableFuture<Placed> first = sends.append(identity("T", id), unit, true);
        CompletableFuture<Placed> repeat = sends.append(identity("T", id), unit, true);

        slow.asked.get(0).completeExceptionally(new IllegalStateException("broken"));

        assertThat(first).isCompletedExceptionally();
        assertThat(repeat).isCompletedExceptionally();
        assertThat(sends.append(identity("T", id), unit, true)).isNotDone();
        assertThat(slow.asked).hasSize(2);
    }

    @Test
    void repeatIsToldToComeBackWhenNoThreadCanLookForItsFirst() {
        Executor full = task -> {
            throw new RejectedExecutionException("10 wait");
        };
        SendsOnce sends = new SendsOnce(store, CONFIG, full, clock);
        SendId id = new SendId(7, 1, 0);
        answer(sends.append(identity("T", id), List.of(draft(id, "T", 0, "a")), true));

        Placed repeat = answer(sends.append(identity("T", id), List.of(draft(id, "T", 0, "a")), true));

        assertThat(repeat.outcome()).isInstanceOfSatisfying(AppendOutcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Refusal.BUSY);
            assertThat(refused.detail()).contains("10 wait");
        });
        assertThat(messages("T", 0)).isEqualTo(1);
    }

    @Test
    void nothingIsRecalledWhereRepeatsAreNotRecognized() {
        SendId id = new SendId(7, 1, 0);
        send(id, "T", 0, "a");

        SendsOnce off = new SendsOnce(store, new RepeatConfig(0, LIFETIME), Runnable::run, clock);
        off.recall(topic -> false);

        assertThat(off.isOn()).isFalse();
    }

    private Placed send(SendId id, String topic, int queueId, String body) {
        return answer(once.append(identity(topic, id), List.of(draft(id, topic, queueId, body)), true));
    }

    private CompletableFuture<Placed> append(SendId id, List<MessageDraft> unit) {
        return once.append(identity("T", id), unit, true);
    }

    /** Only the first message names the send. */
    private static List<MessageDraft> batch(SendId id, String first, String... others) {
        List<MessageDraft> unit = new ArrayList<>(List.of(draft(id, "T", 0, first)));
        for (String body : others) {
            unit.add(draft("T", 0, "", body));
        }
        return unit;
    }

    private long messages(String topic, int queueId) {
        await().until(() -> store.state().dispatchedPosition() == store.state().appendedPosition());
        return store.range(new TopicQueue(topic, queueId)).maxOffset();
    }

    private static SendIdentity identity(String topic, SendId id) {
        return new SendIdentity.Marked(topic, id.producer(), id.number());
    }

    private static MessageDraft draft(SendId id, String topic, int queueId, String body) {
        return draft(topic, queueId, "TERN_SEND\u0001" + id.text() + "\u0002", body);
    }

    private static MessageDraft draft(String topic, int queueId, String properties, String body) {
        return new MessageDraft(
                topic,
                queueId,
                0,
                0,
                1_700_000_000_000L,
                HOST,
                0,
                0,
                properties,
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Stored stored(Placed placed) {
        return (Stored) placed.outcome();
    }

    private static Placed answer(CompletableFuture<Placed> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** Leaves every append unanswered. */
    private static final class SlowStore extends FakeStore {
        final List<CompletableFuture<AppendOutcome>> asked = new ArrayList<>();

        @Override
        public CompletableFuture<AppendOutcome> append(List<MessageDraft> unit, boolean waitForConfirmation) {
            CompletableFuture<AppendOutcome> answer = new CompletableFuture<>();
            asked.add(answer);
            return answer;
        }
    }
}
