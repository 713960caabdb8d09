package io.ternmq.client.producer;

import io.ternmq.client.exception.MQBrokerException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one send met on its way, for the exception that tells of it. Written by one step at a time. */
final class TimeLine {
    private final long startNanos;
    // Most sends never fail and so never need a collection of their own.
    private List<String> lines = List.of();
    private Set<String> brokers = Set.of();
    private Optional<Throwable> lastFailure = Optional.empty();

    TimeLine(long startNanos) {
        this.startNanos = startNanos;
    }

    /** An attempt ended without the message being stored as wished. */
    void failed(Attempt attempt, long nowNanos, Throwable failure) {
        if (lines.isEmpty()) {
            lines = new ArrayList<>();
            brokers = new LinkedHashSet<>();
        }
        brokers.add(attempt.brokerName());
        lines.add(attempt.describe(startNanos, nowNanos) + ": " + nameOf(failure) + ": " + failure.getMessage());
        lastFailure = Optional.of(failure);
    }

    Optional<Throwable> lastFailure() {
        return lastFailure;
    }

    Set<String> brokers() {
        return brokers;
    }

    /** All of it in a row; empty if nothing was sent. */
    @Override
    public String toString() {
        return String.join("; ", lines);
    }

    private static String nameOf(Throwable failure) {
        return failure instanceof MQBrokerException
                ? "refused"
                : failure.getClass().getSimpleName();
    }
}
