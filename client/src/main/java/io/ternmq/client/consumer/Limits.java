package io.ternmq.client.consumer;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;

/** Checks numbers that applications set. Stateless. */
final class Limits {
    static final int PULL_BATCH_MAX = 1_024;
    static final int COUNT_MAX = 65_535;
    static final int MEBIBYTES_MAX = 1_024;
    static final int THREADS_MAX = 1_000;
    static final int HAND_OVER_WAIT_MAX = 50_000; // brokers end leases that are not renewed after 60 s
    static final int TOPIC_COUNT_MAX = 6_553_500;
    static final int TOPIC_MEBIBYTES_MAX = 102_400;
    static final int CONSUME_TIMEOUT_MINUTES_MAX = 1_440;
    static final int PULL_INTERVAL_MILLIS_MAX = 65_535;
    static final long MEBIBYTE = 1024 * 1024;

    private Limits() {}

    static int within(String name, int value, int most) throws MQClientException {
        return within(name, value, 1, most);
    }

    static long within(String name, long value, long least, long most) throws MQClientException {
        if (value < least || value > most) {
            throw outside(name, value, least, most);
        }
        return value;
    }

    static int within(String name, int value, int least, int most) throws MQClientException {
        if (value < least || value > most) {
            throw outside(name, value, least, most);
        }
        return value;
    }

    /** A call outlasts the time for which the broker holds it. */
    static void requireLongerThanSuspend(long timeoutMillis, long suspendMillis) throws MQClientException {
        if (suspendMillis < 0 || timeoutMillis <= suspendMillis) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN,
                    "consumerTimeoutMillisWhenSuspend=" + timeoutMillis
                            + " is not valid: expected more than brokerSuspendMaxTimeMillis=" + suspendMillis
                            + ", which is at least 0");
        }
    }

    private static MQClientException outside(String name, long value, long least, long most) {
        return new MQClientException(
                ClientErrorCode.UNKNOWN, name + "=" + value + " is not valid: expected " + least + " to " + most);
    }
}
