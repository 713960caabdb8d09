package io.ternmq.client.consumer.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ternmq.client.consumer.pulling.ProcessQueue;
import io.ternmq.client.consumer.pulling.QueueLimits;
import io.ternmq.client.consumer.pulling.QueuePuller;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.time.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StandstillTest {
    private static final MessageQueue QUEUE = new MessageQueue("T", "a", 3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FakeClock clock = new FakeClock();
    private final Standstill standstill = new Standstill("G", PATIENCE, clock);
    private final ProcessQueue queue = new ProcessQueue(new QueueLimits(10, 1_000, 100), 7);
    private final List<QueuePuller> pullers = List.of(new QueuePuller(QUEUE, queue, 7, null, null));

    @Test
    void messageThatIsInTheListenerForTooLongIsNamedWithItsThreadAndStack() {
        List<ProcessQueue.Held> held = queue.add(List.of(message(7), message(8)), 9);
        long since = clock.wallMillis();
        begin(held.get(0));
        begin(held.get(1));

        lookAfter(PATIENCE.minusMillis(1));
        Map<String, String> before = standstill.describe();
        lookAfter(Duration.ofMillis(1));

        assertThat(before).isEmpty();
        assertThat(standstill.describe()).containsOnlyKeys("blocked T a 3");
        assertThat(standstill.describe().get("blocked T a 3"))
                .contains("offset=7 msgId=ID7 since=" + Instant.ofEpochMilli(since))
                .contains("forMillis=60000")
                .contains("thread=" + Thread.currentThread().getName() + " state=RUNNABLE")
                .contains("at " + StandstillTest.class.getName());
    }

    @Test
    void queueThatGoesOnIsNoLongerNamed() {
        List<ProcessQueue.Held> held = queue.add(List.of(message(7), message(8)), 9);
        begin(held.get(0));
        lookAfter(Duration.ZERO);
        lookAfter(PATIENCE);
        boolean wasNamed = !standstill.describe().isEmpty();

        queue.done(held.subList(0, 1), clock.wallMillis());
        lookAfter(Duration.ofSeconds(1));

        assertThat(wasNamed).isTrue();
        assertThat(standstill.describe()).isEmpty();
    }

    @Test
    void logNamesEachBlockingMessageOnceAndTheSettingThatSaysWhen() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(Standstill.class);
        lines.start();
        logger.addAppender(lines);
        try {
            List<ProcessQueue.Held> held = queue.add(List.of(message(7), message(8)), 9);
            held.forEach(this::begin);
            lookAfter(PATIENCE);
            lookAfter(PATIENCE);
            lookAfter(PATIENCE);
            queue.done(held.subList(0, 1), clock.wallMillis());
            lookAfter(Duration.ofSeconds(1));
            lookAfter(Duration.ofSeconds(1));
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list)
                .extracting(line -> line.getLevel() + " "
                        + line.getFormattedMessage().replaceAll("(?s) msgId=.* consumeStand", " ... consumeStand"))
                .containsExactly(
                        "WARN Queue stands still: one message holds it up. group=G queue=" + QUEUE
                                + " offset=7 ... consumeStandstillWarnMillis=60000",
                        "WARN Queue stands still: one message holds it up. group=G queue=" + QUEUE
                                + " offset=8 ... consumeStandstillWarnMillis=60000");
    }

    @Test
    void messageThatFailsAgainAndAgainIsNamedFromItsFirstCallOn() {
        List<ProcessQueue.Held> held = queue.add(List.of(message(7)), 8);
        for (int call = 0; call < 60; call++) {
            begin(held.get(0));
            held.get(0).leave();
            held.get(0).message().setReconsumeTimes(call + 1);
            lookAfter(Duration.ofSeconds(1));
        }

        assertThat(standstill.describe().get("blocked T a 3"))
                .contains("reconsumeTimes=60")
                .contains("waits to come again");
    }

    @Test
    void messageThatNoThreadTakesIsNamedFromWhenItWasSeenOn() {
        queue.add(List.of(message(7)), 8);
        lookAfter(Duration.ZERO);
        lookAfter(PATIENCE);

        assertThat(standstill.describe().get("blocked T a 3")).contains("waits for a thread or its lock");
    }

    @Test
    void withoutPatienceNothingIsNamed() {
        Standstill off = new Standstill("G", Duration.ZERO, clock);
        begin(queue.add(List.of(message(7)), 8).get(0));
        clock.advance(Duration.ofDays(1));

        off.look(pullers);

        assertThat(off.describe()).isEmpty();
    }

    private void lookAfter(Duration step) {
        clock.advance(step);
        standstill.look(pullers);
    }

    private void begin(ProcessQueue.Held held) {
        queue.begin(List.of(held), clock.monotonicNanos());
        held.enter(Thread.currentThread(), clock.wallMillis());
    }

    private static MessageExt message(long offset) {
        MessageExt message = new MessageExt();
        message.setQueueOffset(offset);
        message.setMsgId("ID" + offset);
        message.setBody(new byte[1]);
        return message;
    }
}
