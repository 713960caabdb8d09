package io.ternmq.interop.api;

/**
 * How a producer is set up.
 *
 * @param nameServers such as {@code 127.0.0.1:9876}
 * @param group name of the producer group
 * @param sendTimeoutMillis budget of one send with all its tries
 * @param compressOverBytes bodies from this size on are compressed
 * @param isTraced whether a trace of each message is kept
 */
public record ProducerSettings(
        String nameServers, String group, int sendTimeoutMillis, int compressOverBytes, boolean isTraced) {
    private static final int PATIENT_MILLIS = 10_000;
    private static final int USUAL_COMPRESS_OVER_BYTES = 4096;

    public static ProducerSettings of(String nameServers, String group) {
        return new ProducerSettings(nameServers, group, PATIENT_MILLIS, USUAL_COMPRESS_OVER_BYTES, false);
    }

    public ProducerSettings withoutCompression() {
        return new ProducerSettings(nameServers, group, sendTimeoutMillis, Integer.MAX_VALUE, isTraced);
    }

    public ProducerSettings traced() {
        return new ProducerSettings(nameServers, group, sendTimeoutMillis, compressOverBytes, true);
    }
}
