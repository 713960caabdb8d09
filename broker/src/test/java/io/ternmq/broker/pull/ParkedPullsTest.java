package io.ternmq.broker.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.MessageFilter;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.work.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

final class ParkedPullsTest {
    private static final TopicQueue QUEUE = new TopicQueue("T", 0);
    private static final TopicQueue OTHER = new TopicQueue("T", 1);
    private static final Duration HOLD = Duration.ofSeconds(15);
    private static final long TAG = 5;

    private final FakeClock clock = new FakeClock();
    private final ParkedPulls pulls = new ParkedPulls(clock, 3);
    private final AtomicInteger rings = new AtomicInteger();
    private final AtomicLong end = new AtomicLong(7);
    private final List<String> answered = new ArrayList<>();

    ParkedPullsTest() {
        pulls.attached(rings::incrementAndGet);
    }

    @Test
    void pullIsAnsweredByTheArrivalOfItsMessage() {
        park("a", QUEUE);
        pulls.doWork();

        arrive(QUEUE, 7, TAG);

        assertThat(answered).containsExactly("a");
        assertThat(pulls.waiting()).isZero();
    }

    @Test
    void messagesAreAwaitedWhileAPullWaitsAndOnceMoreAfterEachThatDid() {
        assertThat(pulls.takeAwaited()).isFalse();

        park("a", QUEUE);
        pulls.doWork();
        assertThat(pulls.takeAwaited()).isTrue();
        assertThat(pulls.takeAwaited()).isTrue(); // still there

        arrive(QUEUE, 7, TAG);
        assertThat(pulls.takeAwaited()).isTrue(); // answered since
        assertThat(pulls.takeAwaited()).isFalse();

        park("b", QUEUE);
        end.set(8); // its message is there before it is looked at
        pulls.doWork();
        assertThat(answered).containsExactly("a", "b");
        assertThat(pulls.takeAwaited()).isTrue();
        assertThat(pulls.takeAwaited()).isFalse();
    }

    @Test
    void arrivalInAnotherQueueChangesNothing() {
        park("a", QUEUE);
        pulls.doWork();

        arrive(OTHER, 7, TAG);

        assertThat(answered).isEmpty();
    }

    @Test
    void arrivalBetweenTheLookAndTheWaitIsNotMissed() {
        park("a", QUEUE);
        arrive(QUEUE, 7, TAG); // the note is still on its way to the dispatcher's thread

        pulls.doWork();

        assertThat(answered).containsExactly("a");
    }

    @Test
    void arrivalThatTheFilterRefusesWakesNobody() {
        pulls.park(pull("a", QUEUE, hash -> hash == TAG));
        pulls.doWork();

        arrive(QUEUE, 7, TAG + 1);
        assertThat(answered).isEmpty();

        arrive(QUEUE, 8, TAG);
        assertThat(answered).containsExactly("a");
    }

    @Test
    void pullIsAnsweredOnceWhenTheDeadlinePasses() {
        park("a", QUEUE);
        pulls.doWork();
        assertThat(pulls.nextDueNanos()).isEqualTo(clock.monotonicNanos() + HOLD.toNanos());

        clock.advance(HOLD);
        pulls.doWork();
        arrive(QUEUE, 7, TAG);

        assertThat(answered).containsExactly("a");
        assertThat(pulls.nextDueNanos()).isEqualTo(Worker.NEVER);
    }

    @Test
    void deadlinesPassInTheirOwnOrder() {
        park("late", QUEUE);
        pulls.doWork();
        pulls.park(new ParkedPull(
                OTHER,
                7,
                MessageFilter.ALL,
                clock.monotonicNanos() + Duration.ofSeconds(1).toNanos(),
                end::get,
                isOver -> answered.add("early")));
        pulls.doWork();

        clock.advance(Duration.ofSeconds(1));
        pulls.doWork();
        assertThat(answered).containsExactly("early");

        clock.advance(HOLD);
        pulls.doWork();
        assertThat(answered).containsExactly("early", "late");
    }

    @Test
    void oneArrivalWakesEveryPullOfItsQueue() {
        park("a", QUEUE);
        park("b", QUEUE);
        pulls.doWork();

        arrive(QUEUE, 7, TAG);

        assertThat(answered).containsExactly("a", "b");
    }

    @Test
    void morePullsThanTheLimitAreRefusedAndRoomComesBack() {
        assertThat(park("a", QUEUE)).isTrue();
        assertThat(park("b", QUEUE)).isTrue();
        assertThat(park("c", OTHER)).isTrue();
        assertThat(park("d", QUEUE)).isFalse();

        pulls.doWork();
        arrive(QUEUE, 7, TAG);

        assertThat(park("e", OTHER)).isTrue();
        assertThat(answered).containsExactly("a", "b");
    }

    @Test
    void closingAnswersAllThatWaitAndAllThatComeAfter() {
        park("a", QUEUE);
        pulls.doWork();

        pulls.close();
        pulls.doWork();
        assertThat(answered).containsExactly("a");

        park("b", QUEUE);
        pulls.doWork();
        assertThat(answered).containsExactly("a", "b");
    }

    @Test
    void wokenPullsOfAQueueAreAnsweredAlsoThoseJustParked() {
        park("a", QUEUE);
        park("b", OTHER);
        pulls.doWork();
        park("c", QUEUE);

        pulls.wake(QUEUE);
        pulls.doWork();

        assertThat(answered).containsExactly("a", "c");
        assertThat(pulls.waiting()).isEqualTo(1);
        pulls.doWork();
        pulls.wake(new TopicQueue("Nowhere", 0));
        pulls.doWork();
        assertThat(answered).containsExactly("a", "c");
    }

    @Test
    void parkingRingsTheDispatcherThatIsUpOrHasNoTimeToBeUp() {
        park("a", QUEUE);
        assertThat(rings).hasValue(1);

        pulls.doWork();
        arrive(QUEUE, 7, TAG);
        assertThat(pulls.nextDueNanos()).isEqualTo(Worker.NEVER);
        end.set(7);
        park("b", QUEUE);
        assertThat(rings).hasValue(2);
    }

    @Test
    void parkingDoesNotRingTheDispatcherThatIsUpAgainInTime() {
        park("a", QUEUE);
        pulls.doWork();
        assertThat(pulls.nextDueNanos()).isEqualTo(clock.monotonicNanos() + HOLD.toNanos());

        park("b", OTHER);
        assertThat(rings).hasValue(1);

        pulls.doWork(); // as before arrivals
        arrive(OTHER, 7, TAG);
        assertThat(answered).containsExactly("b");
    }

    @Test
    void parkingRingsTheRestingDispatcherForAnEarlierDeadlineOrAMessageThatIsThere() {
        park("a", QUEUE);
        pulls.doWork();
        clock.advance(Duration.ofSeconds(1));
        assertThat(pulls.nextDueNanos()).isNotEqualTo(Worker.NEVER);

        pulls.park(new ParkedPull(
                OTHER, 7, MessageFilter.ALL, clock.monotonicNanos() + 1, end::get, isOver -> answered.add("soon")));
        assertThat(rings).hasValue(2);
        pulls.doWork();
        assertThat(pulls.nextDueNanos()).isEqualTo(clock.monotonicNanos() + 1);

        end.set(8);
        park("there", QUEUE);
        assertThat(rings).hasValue(3);
        pulls.doWork();
        assertThat(answered).containsExactly("there");
    }

    @Test
    void parkingAfterTheCloseRings() {
        park("a", QUEUE);
        pulls.doWork();
        assertThat(pulls.nextDueNanos()).isNotEqualTo(Worker.NEVER);
        pulls.close();
        int before = rings.get();

        park("b", QUEUE);

        assertThat(rings).hasValue(before + 1);
    }

    @Test
    void whoIsDueHearsWhetherItMustBeAnsweredNow() {
        List<Boolean> over = new ArrayList<>();
        pulls.park(telling(over));
        pulls.doWork();
        arrive(QUEUE, 7, TAG);
        assertThat(over).containsExactly(false);

        end.set(7);
        pulls.park(telling(over));
        pulls.doWork();
        clock.advance(HOLD);
        pulls.doWork();
        assertThat(over).containsExactly(false, true);

        pulls.close();
        pulls.park(telling(over));
        pulls.doWork();
        assertThat(over).containsExactly(false, true, true);
    }

    private ParkedPull telling(List<Boolean> over) {
        return new ParkedPull(
                QUEUE, 7, MessageFilter.ALL, clock.monotonicNanos() + HOLD.toNanos(), end::get, over::add);
    }

    private boolean park(String name, TopicQueue queue) {
        return pulls.park(pull(name, queue, hash -> true));
    }

    private ParkedPull pull(String name, TopicQueue queue, LongPredicate tags) {
        MessageFilter filter = new MessageFilter() {
            @Override
            public boolean mayMatch(long tagsHash) {
                return tags.test(tagsHash);
            }
        };
        return new ParkedPull(
                queue, 7, filter, clock.monotonicNanos() + HOLD.toNanos(), end::get, isOver -> answered.add(name));
    }

    private void arrive(TopicQueue queue, long offset, long tagsHash) {
        if (queue.equals(QUEUE)) {
            end.set(offset + 1);
        }
        pulls.arrived(queue, offset, tagsHash);
    }
}
