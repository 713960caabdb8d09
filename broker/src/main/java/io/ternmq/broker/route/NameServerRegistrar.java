package io.ternmq.broker.route;

import io.ternmq.broker.topic.TopicListener;
import io.ternmq.common.time.Clock;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.common.work.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this broker registered with every name server, each by a {@link NameServerLink} of its own: one that is away or
 * slow delays nobody. Safe for use by any thread.
 */
public final class NameServerRegistrar implements TopicListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NameServerRegistrar.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    /** How long whoever makes a topic waits for name servers that are known to answer. */
    private static final Duration ANNOUNCE_WAIT_MAX = Duration.ofMillis(500);

    /**
     * How long a start waits for name servers, so that a broker that says it is ready can be found. Longer than a
     * connection may take, so only a name server that accepts and then stays silent uses it up.
     */
    private static final Duration START_WAIT_MAX = Duration.ofSeconds(5);

    private static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(1);

    private final List<NameServerLink> links;
    private final Scheduler scheduler;
    private final BooleanSupplier mayServe;

    /** @param mayServe whether this broker can do its work at all; asked every second, and false is taken as final */
    public NameServerRegistrar(
            RouteConfig config, Registration registration, Clock clock, Scheduler scheduler, BooleanSupplier mayServe) {
        this.links = config.nameServers().stream()
                .map(address -> new NameServerLink(address, registration, clock, config.period()))
                .toList();
        this.scheduler = scheduler;
        this.mayServe = mayServe;
    }

    /** Registers now and from then on whenever it is due. */
    public void start() {
        if (links.isEmpty()) {
            log.warn("No name server is configured; clients cannot find this broker. key=namesrvAddr");
        }
        links.forEach(NameServerLink::tick);
        scheduler.every(TICK, TICK, "renew registrations", this::tick);
    }

    /** Waits until every name server has answered once, well or not; five seconds at most. */
    public void awaitFirstAnswers() {
        CompletableFuture<?>[] answers =
                links.stream().map(NameServerLink::firstAnswer).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(answers).get(START_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.warn("Not all name servers have answered yet; trying on. waitedMillis={}", START_WAIT_MAX.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has everything registered anew, after a change that concerns all topics. */
    public void registerAll() {
        links.forEach(link -> {
            var unused = link.registerAll();
        });
    }

    @Override
    public CompletionStage<Void> changed(TopicConfig topic) {
        CompletableFuture<?>[] told =
                links.stream().map(link -> link.announce(topic.name())).toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Void> all = CompletableFuture.allOf(told);
        if (!all.isDone()) {
            Scheduler.Task limit =
                    scheduler.after(ANNOUNCE_WAIT_MAX, "stop waiting for name servers", () -> all.complete(null));
            var unused = all.whenComplete((nothing, failure) -> limit.cancel());
        }
        return all;
    }

    @Override
    public void deleted(String topic) {
        // Nothing to say: name servers are told by whoever deletes, and drop what no broker has.
    }

    /** Takes the broker out of all routes; waits a second at most for the name servers to confirm. */
    @Override
    public void close() {
        try {
            withdraw().get(CLOSE_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.warn(
                    "Not all name servers confirmed that the broker leaves. waitedMillis={}",
                    CLOSE_WAIT_MAX.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick() {
        if (mayServe.getAsBoolean()) {
            links.forEach(NameServerLink::tick);
        } else {
            var unused = withdraw();
        }
    }

    private CompletableFuture<Void> withdraw() {
        return CompletableFuture.allOf(
                links.stream().map(NameServerLink::withdraw).toArray(CompletableFuture<?>[]::new));
    }
}
