package io.ternmq.benchmark.failures;

/**
 * One send as its caller saw it. Travels as one line of text.
 *
 * @param beganNanos by the clock that all processes of a machine share, {@link System#nanoTime()} on Linux
 * @param tookNanos until it returned or threw
 * @param broker that stored the message; empty if the send failed
 * @param failure kind of it; empty if the message was stored
 */
record Call(long beganNanos, long tookNanos, String broker, String failure) {
    static Call stored(long beganNanos, long tookNanos, String broker) {
        return new Call(beganNanos, tookNanos, broker, "");
    }

    static Call failed(long beganNanos, long tookNanos, String failure) {
        return new Call(beganNanos, tookNanos, "", failure);
    }

    boolean hasFailed() {
        return !failure.isEmpty();
    }

    long endedNanos() {
        return beganNanos + tookNanos;
    }

    String line() {
        return beganNanos + "," + tookNanos + "," + broker + "," + failure;
    }

    static Call parse(String line) {
        String[] parts = line.split(",", -1);
        return new Call(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2], parts[3]);
    }
}
