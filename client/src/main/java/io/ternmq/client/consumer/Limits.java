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
    static final long MEBIBYTE = 1024 * 1024;

    private Limits() {}

    static int within(String name, int value, int most) throws MQClientException {
        return within(name, value, 1, most);
    }

    static int within(String name, int value, int least, int most) throws MQClientException {
        if (value < least || value > most) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN, name + "=" + value + " is not valid: expected " + least + " to " + most);
        }
        return value;
    }
}
