package io.ternmq.client.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.client.Namespace;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.work.FakeScheduler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Gathering and sending, on the test's own thread and a clock that it moves. */
class TraceSenderTest {
    private static final int SEND_AT = 3;

    private final FakeScheduler scheduler = new FakeScheduler(new FakeClock());
    private final SentTraces outlet = new SentTraces();
    private final TraceLosses losses = new TraceLosses(new TraceSettings("TRACES", "G", Namespace.NONE, SEND_AT));
    private final TraceSender sender = new TraceSender(SEND_AT, outlet, Runnable::run, scheduler, losses);

    @Test
    void fewRecordsAreSentTogetherASecondAfterTheFirst() {
        add("a", "k1 k2");
        scheduler.advance(Duration.ofMillis(500));
        add("b", "k2");
        scheduler.advance(Duration.ofMillis(499));
        int before = outlet.messages().size();
        scheduler.advance(Duration.ofMillis(1));

        assertThat(before).isZero();
        assertThat(outlet.messages()).hasSize(1);
        assertThat(outlet.messages().get(0).keys()).isEqualTo("a k1 k2 b");
        assertThat(outlet.records()).hasSize(2);
    }

    @Test
    void enoughRecordsAreSentAtOnce() {
        for (int count = 0; count < SEND_AT; count++) {
            add("id" + count, "");
        }

        assertThat(outlet.messages()).hasSize(1);
        assertThat(outlet.messages().get(0).records()).isEqualTo(SEND_AT);
    }

    @Test
    void whatWaitsForAnswersTravelsTogetherAfterwards() {
        outlet.doNotAnswer();
        addMany(TraceSender.UNDER_WAY_MAX * SEND_AT + 7);
        int before = outlet.messages().size();
        outlet.answerAll();

        assertThat(before).isEqualTo(TraceSender.UNDER_WAY_MAX);
        assertThat(outlet.messages()).hasSize(TraceSender.UNDER_WAY_MAX + 1);
        assertThat(outlet.messages().get(before).records()).isEqualTo(7);
    }

    @Test
    void recordsThatFindNoPlaceAreGivenUpAndCounted() {
        outlet.doNotAnswer();
        int underWay = TraceSender.UNDER_WAY_MAX * SEND_AT;

        addMany(underWay + TraceSender.WAITING_MAX + 5);

        assertThat(losses.count()).isEqualTo(5);
        outlet.store();
        outlet.answerAll();
        assertThat(outlet.records()).hasSize(underWay + TraceSender.WAITING_MAX);
    }

    @Test
    void messageThatNoBrokerTakesIsGivenUpAndTheNextOneWaitsASecond() {
        outlet.refuse();
        addMany(SEND_AT);
        outlet.store();
        addMany(SEND_AT);
        int before = outlet.messages().size();
        scheduler.advance(TraceSender.FAILURE_PAUSE);

        assertThat(losses.count()).isEqualTo(SEND_AT);
        assertThat(before).isEqualTo(1);
        assertThat(outlet.messages()).hasSize(2);
    }

    @Test
    void messageIsBoundedInTextAndKeys() {
        outlet.doNotAnswer();
        addMany(TraceSender.UNDER_WAY_MAX * SEND_AT);
        for (int count = 0; count < 200; count++) {
            add("id" + count, "x".repeat(2_000) + count);
        }
        outlet.store();
        outlet.answerAll();

        assertThat(outlet.messages()).allSatisfy(message -> {
            assertThat(message.keys().length()).isLessThanOrEqualTo(TraceMessage.KEYS_MAX);
            assertThat(message.body().remaining()).isLessThan(TraceMessage.TEXT_MAX + 10_000);
        });
        assertThat(outlet.records()).hasSize(TraceSender.UNDER_WAY_MAX * SEND_AT + 200);
    }

    @Test
    void keysThatHaveNoRoomAreLeftOutAndTheIdIsNot() {
        add("theId", "y".repeat(TraceMessage.KEYS_MAX));
        scheduler.advance(TraceSender.GATHERING);

        assertThat(outlet.messages().get(0).keys()).isEqualTo("theId");
        assertThat(SentTraces.text(outlet.messages().get(0))).contains("yyy");
    }

    @Test
    void endSendsWhatWaitsAndTakesNoMore() {
        add("a", "");
        sender.close();
        add("b", "");

        assertThat(outlet.records()).singleElement().asString().contains(" a ");
        assertThat(losses.count()).isEqualTo(1);
    }

    @Test
    void endTriesOnceAlsoInThePauseAfterAFailureAndGivesUpTheRest() {
        outlet.refuse();
        addMany(SEND_AT);
        add("late", "");
        sender.close();

        assertThat(outlet.messages()).hasSize(2);
        assertThat(losses.count()).isEqualTo(SEND_AT + 1);
    }

    private void addMany(int count) {
        for (int made = 0; made < count; made++) {
            add("id" + made, "");
        }
    }

    private void add(String id, String keys) {
        sender.add(new TraceRecord.Delivered(0, "R", "G", "REQ", id, 0, keys));
    }
}
