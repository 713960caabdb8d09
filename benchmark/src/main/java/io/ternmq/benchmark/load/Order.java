package io.ternmq.benchmark.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * What one run of the load program is to do. Travels as one line of text.
 *
 * @param mode what is measured
 * @param nameServers of the cluster
 * @param brokerPid process whose use of the processor is measured
 * @param topic to send to or to consume
 * @param bodyBytes of each message
 * @param millis how long to send at most; for a consumer, how long to wait
 * @param messages how many to send at most, or to consume
 * @param threads of {@link Mode#SYNC} and {@link Mode#BATCH}
 * @param window unanswered sends of {@link Mode#ASYNC}
 * @param batch messages in one request of {@link Mode#BATCH}
 * @param rate messages a second of {@link Mode#DELIVER} and {@link Mode#BESIDE}
 * @param waiting consumers of {@link Mode#WAIT}
 * @param settleMillis from when the last of them has begun to wait until they are measured
 */
public record Order(
        Mode mode,
        String nameServers,
        long brokerPid,
        String topic,
        int bodyBytes,
        long millis,
        long messages,
        int threads,
        int window,
        int batch,
        int rate,
        int waiting,
        long settleMillis) {
    /** Returns the line. No value may hold a blank. */
    public String line() {
        StringJoiner line = new StringJoiner(" ");
        line.add("mode=" + mode)
                .add("nameServers=" + nameServers)
                .add("brokerPid=" + brokerPid)
                .add("topic=" + topic)
                .add("bodyBytes=" + bodyBytes)
                .add("millis=" + millis)
                .add("messages=" + messages)
                .add("threads=" + threads)
                .add("window=" + window)
                .add("batch=" + batch)
                .add("rate=" + rate)
                .add("waiting=" + waiting)
                .add("settleMillis=" + settleMillis);
        return line.toString();
    }

    static Order parse(String line) {
        Map<String, String> fields = fields(line);
        return new Order(
                Mode.valueOf(fields.get("mode")),
                fields.get("nameServers"),
                Long.parseLong(fields.get("brokerPid")),
                fields.get("topic"),
                Integer.parseInt(fields.get("bodyBytes")),
                Long.parseLong(fields.get("millis")),
                Long.parseLong(fields.get("messages")),
                Integer.parseInt(fields.get("threads")),
                Integer.parseInt(fields.get("window")),
                Integer.parseInt(fields.get("batch")),
                Integer.parseInt(fields.get("rate")),
                Integer.parseInt(fields.get("waiting")),
                Long.parseLong(fields.get("settleMillis")));
    }

    static Map<String, String> fields(String line) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : line.split(" ", -1)) {
            int equals = field.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("expected key=value, got '" + field + "' in: " + line);
            }
            fields.put(field.substring(0, equals), field.substring(equals + 1));
        }
        return fields;
    }
}
