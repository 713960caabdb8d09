package io.ternmq.broker.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.config.Settings;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.common.work.Scheduler;
import io.ternmq.remoting.protocol.route.AddressCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class NameServerRegistrarTest {
    private final FakeClock clock = new FakeClock();
    private final Map<String, Runnable> scheduled = new LinkedHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final CompletableFuture<Void> silence =
            new CompletableFuture<>(); // of a name server that accepts and is mute
    private boolean mayServe = true;
    private final NameServerRegistrar registrar = new NameServerRegistrar(
            RouteConfig.from(Settings.empty().with("namesrvAddr", "good:1;mute:1")),
            new TwoNameServers(),
            clock,
            new KeepingScheduler(),
            () -> mayServe);

    @Test
    void brokerThatCannotServeAnyMoreWithdrawsAndStaysAway() {
        registrar.start();
        mayServe = false;

        tick();
        mayServe = true;
        clock.advance(Duration.ofMinutes(1));
        tick();

        assertThat(calls).filteredOn(call -> call.startsWith("good")).containsExactly("good all", "good withdraw");
    }

    @Test
    void makerOfATopicWaitsABoundedTimeForANameServerThatIsMute() {
        registrar.start();

        CompletableFuture<Void> told = registrar.changed(TopicConfig.of("T", 1)).toCompletableFuture();
        assertThat(calls).contains("good topics [T]");
        assertThat(told).isNotDone();

        scheduled.get("stop waiting for name servers").run();

        assertThat(told).isCompleted();
    }

    private void tick() {
        scheduled.get("renew registrations").run();
    }

    private final class TwoNameServers implements Registration {
        @Override
        public CompletableFuture<Void> all(String address) {
            return answer(address, "all");
        }

        @Override
        public CompletableFuture<Void> topics(String address, Collection<String> changed) {
            return answer(address, "topics " + changed);
        }

        @Override
        public CompletableFuture<Void> withdraw(String address) {
            return answer(address, "withdraw");
        }

        @Override
        public CompletableFuture<Optional<AddressCheck>> checkAddress(String address) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public boolean isConnected(String address) {
            return true;
        }

        private CompletableFuture<Void> answer(String address, String call) {
            String name = address.substring(0, address.indexOf(':'));
            calls.add(name + " " + call);
            return name.equals("mute") ? silence : CompletableFuture.completedFuture(null);
        }
    }

    private final class KeepingScheduler implements Scheduler {
        @Override
        public Task after(Duration delay, String name, Runnable work) {
            scheduled.put(name, work);
            return () -> scheduled.remove(name);
        }

        @Override
        public Task every(Duration first, Duration period, String name, Runnable work) {
            return after(first, name, work);
        }
    }
}
