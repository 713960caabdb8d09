package io.ternmq.benchmark;

import io.ternmq.benchmark.load.Mode;
import io.ternmq.benchmark.load.Order;
import java.util.Map;

/**
 * What a single run does, in whichever mode.
 *
 * @param seconds of a run that sends or waits
 * @param messages limit of a run that sends
 * @param bodyBytes of each message
 * @param threads that send
 * @param window of unanswered sends
 * @param batch messages in one request
 * @param drain messages to consume
 * @param rate messages a second that are sent to a waiting consumer
 * @param waiting consumers that wait for nothing
 * @param settleSeconds from when the last of them has begun to wait until they are measured
 */
public record Load(
        int seconds,
        int messages,
        int bodyBytes,
        int threads,
        int window,
        int batch,
        int drain,
        int rate,
        int waiting,
        int settleSeconds) {
    private static final int MOST = 1_000_000_000;
    private static final int BODY_BYTES_MAX = 4 * 1024 * 1024;
    private static final long MILLIS_PER_SECOND = 1_000;
    private static final long CONSUME_LIMIT_MILLIS = 120_000;
    private static final long FILL_LIMIT_MILLIS = 600_000;
    private static final String DRAINED_TOPIC = "Drain";

    /** The options that say it, with what they are unless given. */
    public static final Map<String, String> DEFAULTS = Map.of(
            "duration", "5",
            "messages", Integer.toString(MOST),
            "size", "1024",
            "threads", "4",
            "window", "256",
            "batch", "32",
            "drain", "100000",
            "rate", "2000",
            "waiting", "200",
            "settle", "30");

    /**
     * Understands the options of {@link #DEFAULTS}.
     *
     * @throws IllegalArgumentException naming what is out of range
     */
    public static Load from(Arguments given) {
        return new Load(
                given.number("duration", 1, 3_600),
                given.number("messages", 1, MOST),
                given.number("size", 1, BODY_BYTES_MAX),
                given.number("threads", 1, 1_000),
                given.number("window", 1, 100_000),
                given.number("batch", 1, 1_000),
                given.number("drain", 1, 10_000_000),
                given.number("rate", 1, 100_000),
                given.number("waiting", 1, 10_000),
                given.number("settle", 0, 3_600));
    }

    /** One measured run. What it consumes has been stored by {@link #filling}. */
    public Order order(Mode mode, Target target) {
        return order(mode, target, seconds);
    }

    /** A run of another length; one that consumes ends with the last message. */
    public Order order(Mode mode, Target target, int otherSeconds) {
        long millis = otherSeconds * MILLIS_PER_SECOND;
        return switch (mode) {
            case CONSUME, BESIDE -> order(mode, target, DRAINED_TOPIC, CONSUME_LIMIT_MILLIS, drain);
            case DELIVER -> order(mode, target, "Deliver", millis, messages);
            case WAIT -> order(mode, target, "Wait", millis, 0);
            case IDLE -> order(mode, target, "None", millis, 0);
            case SYNC, ASYNC, BATCH -> order(mode, target, "Load", millis, messages);
        };
    }

    /** The same, but for the time that waiting consumers get to settle. */
    public Load unsettled() {
        return new Load(seconds, messages, bodyBytes, threads, window, batch, drain, rate, waiting, 0);
    }

    /** Stores what is consumed later. */
    public Order filling(Target target) {
        return order(Mode.BATCH, target, DRAINED_TOPIC, FILL_LIMIT_MILLIS, drain);
    }

    private Order order(Mode mode, Target target, String topic, long millis, long count) {
        return new Order(
                mode,
                target.nameServers(),
                target.broker().pid(),
                topic,
                bodyBytes,
                millis,
                count,
                threads,
                window,
                batch,
                rate,
                waiting,
                settleSeconds * MILLIS_PER_SECOND);
    }

    /** What a run in this mode does, in a few words. */
    public String describe(Mode mode) {
        return switch (mode) {
            case SYNC -> "sync, " + senders();
            case ASYNC -> "async, window " + window;
            case BATCH -> "batches of " + batch + ", " + senders();
            case CONSUME -> "consume " + drain;
            case DELIVER -> "deliver " + rate + " a second";
            case BESIDE -> "deliver " + rate + " a second beside a drain of " + drain;
            case WAIT -> waiting + " waiting consumers";
            case IDLE -> "idle";
        };
    }

    private String senders() {
        return threads == 1 ? "1 thread" : threads + " threads";
    }
}
