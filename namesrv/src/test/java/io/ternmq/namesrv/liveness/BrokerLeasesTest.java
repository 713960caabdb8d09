package io.ternmq.namesrv.liveness;

import static io.ternmq.namesrv.Registrations.broker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.config.Settings;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.work.Scheduler;
import io.ternmq.namesrv.FakeConnection;
import io.ternmq.namesrv.Registrations;
import io.ternmq.namesrv.route.NoOrder;
import io.ternmq.namesrv.route.RegistrationLimits;
import io.ternmq.namesrv.route.RegistrationProcessor;
import io.ternmq.namesrv.route.RouteOptions;
import io.ternmq.namesrv.route.RouteTable;
import io.ternmq.remoting.frame.LanguageCode;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.body.DataVersion;
import io.ternmq.remoting.protocol.route.BrokerIdentity;
import io.ternmq.remoting.protocol.route.DataVersionQuery;
import io.ternmq.remoting.protocol.route.RegisterBrokerRequest;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.server.Lane;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestRouter;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrokerLeasesTest {
    private static final BrokerIdentity MASTER = broker("a", 0, "a:1");
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final FakeClock clock = new FakeClock();
    private final RouteTable table = new RouteTable(RegistrationLimits.from(Settings.empty()), LEASE);
    private final OneTask scheduler = new OneTask();
    private final BrokerLeases leases = new BrokerLeases(table, clock, scheduler, Duration.ofSeconds(5));
    private final RequestRouter router = router();
    private final FakeConnection connection = new FakeConnection();

    @Test
    void aSilentBrokerIsTakenOutAfterItsLease() {
        register(Registrations.of(MASTER, 1));

        clock.advance(LEASE.minusMillis(1));
        scheduler.run();
        assertThat(table.brokers()).isEqualTo(1);

        clock.advance(Duration.ofMillis(1));
        scheduler.run();
        assertThat(table.brokers()).isZero();
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aBrokerMayChooseItsLease() {
        register(Registrations.withLease(Registrations.of(MASTER, 1), 10_000));

        clock.advance(Duration.ofSeconds(10));
        scheduler.run();

        assertThat(table.brokers()).isZero();
    }

    @Test
    void aLeaseThatIsNoDurationIsTheDefault() {
        register(Registrations.withLease(Registrations.of(MASTER, 1), -1));

        clock.advance(LEASE.minusMillis(1));
        scheduler.run();
        assertThat(table.brokers()).isEqualTo(1);
    }

    @Test
    void registrationHeartbeatAndVersionQueryRenew() {
        register(Registrations.of(MASTER, 1));

        clock.advance(LEASE.minusMillis(1));
        register(Registrations.of(MASTER, 1));
        clock.advance(LEASE.minusMillis(1));
        ask(RouteRpcs.BROKER_HEARTBEAT, MASTER);
        clock.advance(LEASE.minusMillis(1));
        ask(RouteRpcs.QUERY_DATA_VERSION, new DataVersionQuery(MASTER, new DataVersion(0, 1, 1)));
        clock.advance(LEASE.minusMillis(1));
        scheduler.run();

        assertThat(table.brokers()).isEqualTo(1);
    }

    @Test
    void wallClockJumpsEndNoLease() {
        register(Registrations.of(MASTER, 1));

        clock.setWallMillis(clock.wallMillis() + Duration.ofDays(1).toMillis());
        scheduler.run();

        assertThat(table.brokers()).isEqualTo(1);
    }

    @Test
    void aBrokerGoesAtOnceWithItsConnection() {
        register(Registrations.of(MASTER, 1));
        register(Registrations.of(broker("b", 0, "b:1"), 1));

        connection.close();

        assertThat(table.brokers()).isZero();
    }

    @Test
    void aConnectionIsWatchedOnceHoweverOftenItRegisters() {
        for (int round = 0; round < 10; round++) {
            register(Registrations.of(MASTER, round));
        }

        assertThat(connection.watchers()).isEqualTo(1);
    }

    @Test
    void aRegistrationOnAClosedConnectionDoesNotLast() {
        connection.close();

        register(Registrations.of(MASTER, 1));

        assertThat(table.brokers()).isZero();
    }

    @Test
    void closedLeasesAreLookedAtNoMore() {
        leases.close();

        assertThat(scheduler.isCancelled).isTrue();
    }

    private RequestRouter router() {
        RequestRouter.Builder builder = RequestRouter.builder();
        RouteOptions options = RouteOptions.from(Settings.empty());
        new RegistrationProcessor(table, new NoOrder(), () -> options, leases::watch, clock)
                .addTo(builder, Lane.inPlace());
        return builder.build();
    }

    private void register(RegisterBrokerRequest request) {
        ask(RouteRpcs.REGISTER_BROKER, request);
    }

    private <Q> void ask(Rpc<Q, ?> rpc, Q question) {
        Payload payload = rpc.request().encode(question);
        Request request = new Request(
                rpc.code(),
                479,
                LanguageCode.JAVA,
                false,
                payload.fields(),
                ByteBuffer.wrap(payload.body().toBytes()),
                connection);
        assertThat(router.route(request).toCompletableFuture().join().code()).isEqualTo(ResponseCode.SUCCESS);
    }

    /** Runs its one task when the test says so. */
    private static final class OneTask implements Scheduler {
        private Runnable work = () -> {};
        private boolean isCancelled;

        @Override
        public Task after(Duration delay, String name, Runnable task) {
            throw new UnsupportedOperationException("Leases are looked at periodically");
        }

        @Override
        public Task every(Duration first, Duration period, String name, Runnable task) {
            work = task;
            return () -> isCancelled = true;
        }

        void run() {
            work.run();
        }
    }
}
