package io.ternmq.client.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.time.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FaultTableTest {
    private final FakeClock clock = new FakeClock();
    private final FaultTable table = new FaultTable(HoldOffs.defaults(), clock);
    private final List<String> probed = new ArrayList<>();
    private CompletableFuture<Void> answer = new CompletableFuture<>();
    private final FaultDetector detector = new FaultDetector(
            table,
            broker -> broker.equals("gone") ? Optional.empty() : Optional.of(broker + ":1"),
            (address, timeout) -> {
                probed.add(address);
                return answer;
            },
            Duration.ofMillis(200));

    @Test
    void unknownBrokerIsUsable() {
        assertThat(table.isUsable("a")).isTrue();
    }

    @Test
    void slowAnswerHoldsOffForTheTimeOfItsClass() {
        answered("a", Duration.ofSeconds(2));

        boolean atOnce = table.isUsable("a");
        clock.advance(Duration.ofMillis(4_999));
        boolean before = table.isUsable("a");
        clock.advance(Duration.ofMillis(1));

        assertThat(List.of(atOnce, before, table.isUsable("a"))).containsExactly(false, false, true);
    }

    @Test
    void quickAnswerDoesNotShortenAHoldOffForSlowness() {
        answered("a", Duration.ofSeconds(2));
        answered("a", Duration.ofMillis(1));

        assertThat(table.isUsable("a")).isFalse();
    }

    @Test
    void refusalHoldsOffForAShortTime() {
        table.of("a").began(clock.monotonicNanos());
        table.of("a").refused();

        boolean atOnce = table.isUsable("a");
        clock.advance(Duration.ofSeconds(2));

        assertThat(atOnce).isFalse();
        assertThat(table.isUsable("a")).isTrue();
    }

    @Test
    void unreachableBrokerIsHeldOffUntilItAnswersOrTheTimeIsOver() {
        failed("a");
        failed("b");

        answered("a", Duration.ofMillis(1));
        boolean afterAnAnswer = table.isUsable("a");
        clock.advance(Duration.ofMillis(9_999));
        boolean before = table.isUsable("b");
        clock.advance(Duration.ofMillis(1));

        assertThat(List.of(afterAnAnswer, before, table.isUsable("b"))).containsExactly(true, false, true);
    }

    @Test
    void brokerThatOwesAnswersAndGivesNoneIsHeldOffUntilItDoes() {
        table.of("a").began(clock.monotonicNanos());
        clock.advance(Duration.ofMillis(400));
        table.of("a").began(clock.monotonicNanos());
        clock.advance(Duration.ofMillis(100));
        boolean atTheLimit = table.isUsable("a");
        clock.advance(Duration.ofMillis(1));
        boolean beyond = table.isUsable("a");
        table.of("a").answered(Duration.ofMillis(501).toNanos(), clock.monotonicNanos());

        assertThat(List.of(atTheLimit, beyond, table.isUsable("a"))).containsExactly(true, false, true);
    }

    @Test
    void brokerThatIsAskedNothingIsNotSilent() {
        answered("a", Duration.ofMillis(1));
        clock.advance(Duration.ofHours(1));
        table.of("a").began(clock.monotonicNanos());

        assertThat(table.isUsable("a")).isTrue();
    }

    @Test
    void abandonedAttemptTeachesHowLongItTookByThen() {
        table.of("a").began(clock.monotonicNanos());
        table.of("a").abandoned(Duration.ofMillis(600).toNanos());
        table.of("b").began(clock.monotonicNanos());
        table.of("b").abandoned(0);

        assertThat(table.isUsable("a")).isFalse();
        assertThat(table.isUsable("b")).isTrue();
    }

    @Test
    void leastBadIsOneThatAnswersBeforeOneThatDoesNot() {
        failed("away");
        answered("slow", Duration.ofSeconds(20));
        answered("lessSlow", Duration.ofSeconds(4));

        assertThat(table.leastBad(List.of("away", "slow", "lessSlow"))).contains("lessSlow");
        assertThat(table.leastBad(List.of("away", "slow"))).contains("slow");
        assertThat(table.leastBad(List.of("away"))).contains("away");
        assertThat(table.leastBad(List.of())).isEmpty();
    }

    @Test
    void detectorLetsABrokerBackAsSoonAsItAnswers() {
        failed("a");

        detector.round();
        boolean asked = table.isUsable("a");
        answer.complete(null);

        assertThat(asked).isFalse();
        assertThat(table.isUsable("a")).isTrue();
    }

    @Test
    void detectorKeepsABrokerHeldOffWhileItDoesNotAnswer() {
        failed("a");
        for (int round = 0; round < 10; round++) {
            clock.advance(Duration.ofSeconds(9));
            answer = CompletableFuture.failedFuture(new IllegalStateException("no answer"));
            detector.round();
        }

        assertThat(table.isUsable("a")).isFalse();
        assertThat(probed).hasSize(10);
    }

    @Test
    void detectorAsksOnlyBrokersThatAreAwayAndEachOneAtATime() {
        failed("a");
        answered("slow", Duration.ofSeconds(20));

        detector.round();
        detector.round();

        assertThat(probed).containsExactly("a:1");
    }

    @Test
    void detectorForgetsBrokersThatNoRouteNames() {
        failed("gone");

        detector.round();

        assertThat(probed).isEmpty();
        assertThat(table.away()).isEmpty();
    }

    private void answered(String broker, Duration latency) {
        table.of(broker).began(clock.monotonicNanos());
        table.of(broker).answered(latency.toNanos(), clock.monotonicNanos());
    }

    private void failed(String broker) {
        table.of(broker).began(clock.monotonicNanos());
        table.of(broker).failed();
    }
}
