package io.ternmq.client.consumer;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;

/** Checks numbers that applications set. Stateless. */
final class Limits {
    static final int PULL_BATCH_MAX = 1_024;
    static final int COUNT_MAX = 65_535;
    static final int MEBIBYTES_MAX = 1_024;
    static final int THREADS_MAX = 1_000;
    static final long MEBIBYTE = 1024 * 1024;

    private Limits() {}

    static int within(String name, int value, int most) throws MQClientException {
        if (value < 1 || value > most) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN, name + "=" + value + " is not valid: expected 1 to " + most);
        }
        return value;
    }
}
