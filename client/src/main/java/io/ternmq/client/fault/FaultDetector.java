package io.ternmq.client.fault;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after brokers that could not be reached: asks each one now and then, and lets it back as soon as it answers. While
 * one does not, its hold-off is renewed, so that no send pays for finding out. Owns which brokers it is asking. Rounds
 * follow one another on the producer's timer thread; answers come on network threads.
 */
public final class FaultDetector {
    private static final Logger log = LoggerFactory.getLogger(FaultDetector.class);

    private final FaultTable table;
    private final Function<String, Optional<String>> addressOf;
    private final Probe probe;
    private final Duration timeout;
    private final Set<String> asking = ConcurrentHashMap.newKeySet();

    /** Asks a broker anything. */
    @FunctionalInterface
    public interface Probe {

        /** Completes normally if the broker answered, whatever it said. */
        CompletionStage<?> ask(String address, Duration timeout);
    }

    /**
     * Asks nobody yet.
     *
     * @param addressOf the address of a broker by its name; empty if it is in no route any more
     */
    public FaultDetector(
            FaultTable table, Function<String, Optional<String>> addressOf, Probe probe, Duration timeout) {
        this.table = table;
        this.addressOf = addressOf;
        this.probe = probe;
        this.timeout = timeout;
    }

    /** Asks each broker that was not reached, unless it is being asked already. Never waits. */
    public void round() {
        for (String broker : table.away()) {
            Optional<String> address = addressOf.apply(broker);
            if (address.isEmpty()) {
                table.forget(broker);
            } else if (asking.add(broker)) {
                ask(broker, address.get());
            }
        }
    }

    private void ask(String broker, String address) {
        probe.ask(address, timeout).whenComplete((answer, failure) -> {
            asking.remove(broker);
            if (failure == null) {
                table.of(broker).isReached();
                log.info("Broker answers again and is sent to. broker={} address={}", broker, address);
            } else {
                table.of(broker).isUnreachable();
                log.debug("Broker still away. broker={} address={} cause={}", broker, address, failure.getMessage());
            }
        });
    }
}
