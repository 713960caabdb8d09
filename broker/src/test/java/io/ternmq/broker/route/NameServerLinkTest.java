package io.ternmq.broker.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.time.FakeClock;
import io.ternmq.remoting.protocol.route.AddressCheck;
import io.ternmq.remoting.protocol.route.AddressCheck.Verdict;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class NameServerLinkTest {
    private static final Duration PERIOD = Duration.ofSeconds(30);

    private final FakeClock clock = new FakeClock();
    private final FakeRegistration registration = new FakeRegistration();
    private final NameServerLink link = new NameServerLink("ns:9876", registration, clock, PERIOD);

    @Test
    void registersAtOnceAndThenPeriodically() {
        link.tick();
        registration.accept();
        clock.advance(PERIOD.minusMillis(1));
        link.tick();
        assertThat(registration.calls).containsExactly("all");

        clock.advance(Duration.ofMillis(1));
        link.tick();

        assertThat(registration.calls).containsExactly("all", "all");
    }

    @Test
    void changedTopicIsRegisteredAtOnceAndAlone() {
        register();

        CompletableFuture<Void> announced = link.announce("T");

        assertThat(registration.calls).containsExactly("all", "topics [T]");
        assertThat(announced).isNotDone();
        registration.accept();
        assertThat(announced).isCompleted();
    }

    @Test
    void changesDuringACallFollowItTogether() {
        register();
        CompletableFuture<Void> first = link.announce("A");

        CompletableFuture<Void> second = link.announce("B");
        CompletableFuture<Void> third = link.announce("C");
        assertThat(registration.calls).containsExactly("all", "topics [A]");
        registration.accept();

        assertThat(registration.calls).containsExactly("all", "topics [A]", "topics [B, C]");
        assertThat(first).isCompleted();
        registration.accept();
        assertThat(second).isCompleted();
        assertThat(third).isCompleted();
    }

    @Test
    void failureIsTriedAgainSoonThenLessOften() {
        link.tick();
        registration.fail();
        clock.advance(NameServerLink.RETRY_FIRST);
        link.tick();
        registration.fail();
        clock.advance(NameServerLink.RETRY_FIRST);
        link.tick();
        assertThat(registration.calls).hasSize(2);

        clock.advance(NameServerLink.RETRY_FIRST);
        link.tick();

        assertThat(registration.calls).containsExactly("all", "all", "all");
    }

    @Test
    void whoAnnouncesToAServerThatIsAwayDoesNotWait() {
        link.tick();
        registration.fail();

        assertThat(link.announce("T")).isCompleted();
        assertThat(registration.calls).containsExactly("all");
    }

    @Test
    void whoAnnouncesIsReleasedWhenTheCallFails() {
        register();

        CompletableFuture<Void> announced = link.announce("T");
        registration.fail();

        assertThat(announced).isCompleted();
    }

    @Test
    void lostConnectionIsNoticedAndEverythingRegisteredAnew() {
        register();
        registration.connected = false;

        link.tick();

        assertThat(registration.calls).containsExactly("all", "all");
    }

    @Test
    void withdrawalIsSentOnceAndEndsAllCalls() {
        register();

        CompletableFuture<Void> withdrawn = link.withdraw();
        registration.accept();
        assertThat(link.withdraw()).isCompleted();
        clock.advance(PERIOD);
        link.tick();

        assertThat(link.announce("T")).isCompleted();
        assertThat(withdrawn).isCompleted();
        assertThat(registration.calls).containsExactly("all", "withdraw");
    }

    @Test
    void whatNeverGotInIsNotWithdrawn() {
        link.tick();
        registration.fail();

        assertThat(link.withdraw()).isCompleted();
        assertThat(registration.calls).containsExactly("all");
    }

    private void register() {
        link.tick();
        registration.accept();
    }

    private void period() {
        clock.advance(PERIOD);
        link.tick();
        registration.accept();
    }

    @Test
    void addressIsCheckedAtEachFullRegistrationUntilTheBrokerIsReached() {
        registration.answer = Optional.of(new AddressCheck(Verdict.NOT_REACHED, "b:1", "refused"));
        register();
        period();
        assertThat(registration.checks).hasValue(2);

        registration.answer = Optional.of(new AddressCheck(Verdict.REACHED, "b:1", ""));
        period();
        period();

        assertThat(registration.checks).hasValue(3);
    }

    @Test
    void nameServerThatDoesNotKnowTheQuestionIsAskedOnceARegistration() {
        register();
        period();
        assertThat(registration.checks).hasValue(1);

        clock.advance(PERIOD);
        link.tick();
        registration.fail();
        clock.advance(PERIOD);
        link.tick();
        registration.accept();

        assertThat(registration.checks).hasValue(2);
    }

    private static final class FakeRegistration implements Registration {
        private final List<String> calls = new ArrayList<>();
        private final Deque<CompletableFuture<Void>> pending = new ArrayDeque<>();
        private final AtomicInteger checks = new AtomicInteger();
        private boolean connected = true;
        private Optional<AddressCheck> answer = Optional.empty();

        void accept() {
            pending.remove().complete(null);
        }

        void fail() {
            pending.remove().completeExceptionally(new IllegalStateException("name server is away"));
        }

        @Override
        public CompletableFuture<Void> all(String address) {
            return note("all");
        }

        @Override
        public CompletableFuture<Void> topics(String address, Collection<String> changed) {
            return note("topics " + changed);
        }

        @Override
        public CompletableFuture<Void> withdraw(String address) {
            return note("withdraw");
        }

        @Override
        public CompletableFuture<Optional<AddressCheck>> checkAddress(String address) {
            checks.incrementAndGet();
            return CompletableFuture.completedFuture(answer);
        }

        @Override
        public boolean isConnected(String address) {
            return connected;
        }

        private CompletableFuture<Void> note(String call) {
            calls.add(call);
            CompletableFuture<Void> future = new CompletableFuture<>();
            pending.add(future);
            return future;
        }
    }
}
