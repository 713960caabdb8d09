package io.ternmq.broker.delay;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.offset.DelayOffsetsFile;
import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.common.work.ManualWorkers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DelayedDeliveryTest {
    private static final String DEFAULTS = "1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h";

    private final FakeClock clock = new FakeClock();
    private final ManualWorkers workers = new ManualWorkers(clock);
    private final Map<String, TopicConfig> topics = new HashMap<>(Map.of("T", TopicConfig.of("T", 4)));

    @TempDir
    private Path directory;

    private MemoryStore store;
    private DelayedDelivery delivery;

    @BeforeEach
    void start() throws IOException {
        DelayLevels levels = DelayLevelsTest.levels(DEFAULTS);
        DelayArrivals arrivals = new DelayArrivals();
        store = new MemoryStore(levels, arrivals, clock, false);
        run(levels, arrivals);
    }

    @Test
    void everyLevelDeliversAfterTheTimeOfItsTableToTheMillisecond() {
        DelayLevels levels = DelayLevelsTest.levels(DEFAULTS);
        for (int level = 1; level <= 18; level++) {
            send("level " + level, level);
        }

        for (int level = 1; level <= 18; level++) {
            Duration due = levels.delayOf(level).orElseThrow();
            sleepUntil(due.minusMillis(1));
            assertThat(delivered()).doesNotContain("level " + level);
            sleepUntil(due);
            assertThat(delivered()).endsWith("level " + level).hasSize(level);
        }
    }

    @Test
    void deliveredMessageIsTheOneThatWasSent() {
        send("hi", 1);

        sleep(Duration.ofSeconds(1));

        MessageRecord record = store.readable("T", 3).get(0);
        assertThat(record.properties())
                .isEqualTo(
                        "A\u00011\u0002TAGS\u0001a\u0002DELAY\u00011\u0002REAL_TOPIC\u0001T\u0002REAL_QID\u00013\u0002");
        assertThat(record.flag()).isEqualTo(9);
        assertThat(record.sysFlag()).isEqualTo(1);
        assertThat(record.bornMillis()).isEqualTo(77);
        assertThat(record.reconsumeTimes()).isEqualTo(4);
        assertThat(store.leased()).isZero();
    }

    @Test
    void idleLevelsSleepUntilSomethingArrives() {
        sleep(Duration.ofDays(30));
        assertThat(workers.ready()).isEmpty();

        send("one", 2);
        assertThat(workers.ready()).containsExactly("delay-delivery");
        sleep(Duration.ofSeconds(5));
        assertThat(delivered()).containsExactly("one");
        sleep(Duration.ofDays(30));
        assertThat(workers.ready()).isEmpty();
    }

    @Test
    void furtherArrivalsAtALevelThatHasOneWaitingWakeNobody() {
        send("one", 2);
        workers.runUntilIdle();

        send("two", 2);

        assertThat(workers.ready()).isEmpty();
        sleep(Duration.ofSeconds(5));
        assertThat(delivered()).containsExactly("one", "two");
    }

    @Test
    void veryManyThatAreDueTogetherAreDeliveredInOrder() {
        for (int i = 0; i < 1000; i++) {
            send("m" + i, 1);
        }

        sleep(Duration.ofSeconds(1));

        List<String> delivered = delivered();
        assertThat(delivered).hasSize(1000);
        for (int i = 0; i < 1000; i++) {
            assertThat(delivered.get(i)).isEqualTo("m" + i);
        }
    }

    @Test
    void refusedMessageIsTriedAgainAndNoneIsSkippedOrOvertakes() {
        for (Refusal reason : List.of(Refusal.BUSY, Refusal.DISK_FULL, Refusal.NOT_WRITABLE)) {
            int before = delivered().size();
            send("first " + reason, 1);
            send("second " + reason, 1);
            store.refuse(reason, "for now");
            sleep(Duration.ofMinutes(1));
            assertThat(delivered()).hasSize(before);

            store.refuseNoMore();
            sleep(Backoff.MAX);

            assertThat(delivered())
                    .endsWith("first " + reason, "second " + reason)
                    .hasSize(before + 2);
        }
    }

    @Test
    void pauseAfterABusyStoreIsShortAtFirst() {
        send("one", 1);
        store.refuse(Refusal.BUSY, "for now");
        sleep(Duration.ofSeconds(1));

        store.refuseNoMore();
        sleep(Backoff.FIRST);

        assertThat(delivered()).containsExactly("one");
    }

    @Test
    void storeThatTakesNothingAnyMoreIsLeftAlone() {
        send("one", 1);
        store.refuse(Refusal.WRITER_FAILED, "broken");

        sleep(Duration.ofDays(1));

        assertThat(workers.ready()).isEmpty();
        delivery.close();
        assertThat(store.leased()).isZero();
    }

    @Test
    void messageThatHasBecomeTooLargeDoesNotHoldUpOthers() {
        send("large", 1);
        sleep(Duration.ofMillis(500));
        send("fine", 1);
        store.refuse(Refusal.TOO_LARGE, "limit lowered");
        sleep(Duration.ofMillis(500));
        store.refuseNoMore();

        sleep(Duration.ofMillis(500));

        assertThat(delivered()).containsExactly("fine");
    }

    @Test
    void messagesOfADeletedTopicAreDropped() {
        send("gone", 1);
        topics.remove("T");
        sleep(Duration.ofSeconds(1));
        topics.put("T", TopicConfig.of("T", 4));
        send("new", 1);

        sleep(Duration.ofSeconds(1));

        assertThat(delivered()).containsExactly("new");
    }

    @Test
    void topicThatHasFewerQueuesNowGetsTheMessageInOneOfThem() {
        send("one", 1);
        topics.put("T", TopicConfig.of("T", 2));

        sleep(Duration.ofSeconds(1));

        assertThat(store.readable("T", 1)).hasSize(1);
    }

    @Test
    void noLevelWaitsForAnotherWhoseMessageIsUnderWay() {
        send("slow", 1);
        store.holdAnswers();
        sleep(Duration.ofSeconds(1));
        assertThat(delivered()).isEmpty();

        store.answer();
        workers.runUntilIdle();

        assertThat(delivered()).containsExactly("slow");
    }

    @Test
    void wallClockSetBackDelaysNobodyBeyondHisLevel() {
        for (int i = 0; i < 200; i++) {
            send("m" + i, 4);
        }
        clock.setWallMillis(clock.wallMillis() - Duration.ofHours(3).toMillis());
        workers.runUntilIdle();

        sleep(Duration.ofSeconds(31));

        assertThat(delivered()).hasSize(200);
    }

    @Test
    void wallClockSetBackDeliversNothingTooEarly() {
        clock.setWallMillis(clock.wallMillis() - Duration.ofHours(3).toMillis());
        send("one", 4);
        workers.runUntilIdle();
        clock.setWallMillis(clock.wallMillis() - Duration.ofHours(3).toMillis());
        send("two", 4);

        sleep(Duration.ofSeconds(29));
        assertThat(delivered()).isEmpty();
        sleep(Duration.ofSeconds(1));
        assertThat(delivered()).containsExactly("one", "two");
    }

    @Test
    void nextRunGoesOnWhereThisOneEnds() throws IOException {
        send("one", 1);
        send("two", 2);
        sleep(Duration.ofSeconds(1));

        restart(DEFAULTS);

        assertThat(delivered()).containsExactly("one");
        sleep(Duration.ofSeconds(4));
        assertThat(delivered()).containsExactly("one", "two");
        assertThat(Files.readString(file())).containsPattern("\\b1:\\s*1,").containsPattern("\\b2:\\s*0,");
    }

    @Test
    void whatFellDueWhileTheBrokerWasDownIsDeliveredAtTheStart() throws IOException {
        send("one", 1);
        delivery.close();
        clock.advance(Duration.ofHours(1));

        restart(DEFAULTS);

        assertThat(delivered()).containsExactly("one");
    }

    @Test
    void offsetsAreNotSavedBeforeWhatTheyCountIsOnDisk() throws IOException {
        send("one", 1);
        store.flush();
        sleep(Duration.ofSeconds(1));
        assertThat(delivered()).containsExactly("one");

        delivery.save();
        assertThat(Files.readString(file())).containsPattern("\\b1:\\s*0,");
        store.flush();
        delivery.save();
        assertThat(Files.readString(file())).containsPattern("\\b1:\\s*1,");
    }

    @Test
    void offsetsAreNotSavedEitherWhenTheAnswerOfAnEarlierMessageComesLast() throws IOException {
        send("slow", 2);
        sleep(Duration.ofMillis(4_500));
        send("fast", 1);
        store.flush();
        store.holdAnswers();
        sleep(Duration.ofMillis(500)); // "slow" is under way
        clock.advance(Duration.ofMillis(500));
        store.answer();
        store.flush(); // it is on disk
        workers.runUntilIdle(); // "fast" is not
        assertThat(delivered()).containsExactly("slow", "fast");

        delivery.save();

        assertThat(Files.readString(file())).containsPattern("\\b1:\\s*0,");
        store.flush();
        delivery.save();
        assertThat(Files.readString(file())).containsPattern("\\b1:\\s*1,");
    }

    @Test
    void savingGetsOnUnderSteadyLoad() throws IOException {
        for (int i = 0; i < 5; i++) {
            send("m" + i, 1);
            sleep(Duration.ofSeconds(1));
            delivery.save();
            store.flush();
            send("more", 1);
            sleep(Duration.ofSeconds(1));
            delivery.save(); // an older state, since the newest is never on disk
        }

        assertThat(Files.readString(file())).containsPattern("\\b1:\\s*8,");
    }

    @Test
    void lostFileHasEverythingDeliveredAgainRatherThanNothing() throws IOException {
        send("one", 1);
        sleep(Duration.ofSeconds(1));
        delivery.close();
        Files.delete(file());
        Files.delete(directory.resolve("delayOffset.json.bak"));

        restart(DEFAULTS);

        assertThat(delivered()).containsExactly("one", "one");
    }

    @Test
    void levelThatIsNoLongerConfiguredDeliversWhatItHas() throws IOException {
        send("one", 3);
        restart("1s 2s");

        sleep(Duration.ofSeconds(10));

        assertThat(delivered()).containsExactly("one");
    }

    @Test
    void levelThatWasMadeShorterDeliversWhatItHasByTheNewTime() throws IOException {
        send("one", 18);
        restart("1s 1s 1s 1s 1s 1s 1s 1s 1s 1s 1s 1s 1s 1s 1s 1s 1s 5s");

        sleep(Duration.ofSeconds(5));

        assertThat(delivered()).containsExactly("one");
    }

    @Test
    void whatRetentionRemovedIsPassedOver() throws IOException {
        for (int i = 0; i < 10; i++) {
            send("m" + i, 1);
        }
        delivery.close();
        store.removeBelow(1, 7);
        clock.advance(Duration.ofDays(4));

        restart(DEFAULTS);

        assertThat(delivered()).containsExactly("m7", "m8", "m9");
    }

    private void run(DelayLevels levels, DelayArrivals arrivals) throws IOException {
        delivery = DelayedDelivery.start(
                levels,
                arrivals,
                store,
                name -> Optional.ofNullable(topics.get(name)),
                new DelayOffsetsFile(file(), clock),
                workers);
        workers.runUntilIdle();
    }

    private void restart(String levels) throws IOException {
        delivery.close();
        DelayArrivals arrivals = new DelayArrivals();
        store = store.reopened(DelayLevelsTest.levels(levels), arrivals);
        run(DelayLevelsTest.levels(levels), arrivals);
    }

    private void send(String text, int level) {
        ByteBuffer body = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        String properties = "A\u00011\u0002TAGS\u0001a\u0002TERN_SEND\u0001x\u0002";
        store.append(List.of(new MessageDraft("T", 3, 9, 1, 77, MemoryStore.HOST, 4, 0, properties, body, level)), true)
                .join();
    }

    private List<String> delivered() {
        return store.delivered().stream().map(MemoryStore::text).toList();
    }

    /** Lets time pass in steps, as it does; the worker is stepped when it is rung or its time has come. */
    private void sleep(Duration duration) {
        workers.runUntilIdle();
        Duration step = duration.dividedBy(100);
        for (int i = 0; i < 100; i++) {
            clock.advance(step);
            workers.runUntilIdle();
        }
    }

    private void sleepUntil(Duration sinceStart) {
        workers.runUntilIdle();
        clock.advance(sinceStart.minusNanos(clock.monotonicNanos()));
        workers.runUntilIdle();
    }

    private Path file() {
        return directory.resolve("delayOffset.json");
    }
}
