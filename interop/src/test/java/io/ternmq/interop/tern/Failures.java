package io.ternmq.interop.tern;

import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.interop.api.ClientFailure;
import java.util.concurrent.Callable;

/** Turns what our client throws into what the tests may see. */
final class Failures {
    private static final int NO_CODE = -1;

    private Failures() {}

    /** A call without a result. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    static <T> T translated(Callable<T> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw translated(e);
        }
    }

    static void translated(Action action) {
        translated(() -> {
            action.run();
            return null;
        });
    }

    static ClientFailure translated(Throwable thrown) {
        ClientFailure failure = new ClientFailure(
                thrown.getClass().getSimpleName(), codeOf(thrown), String.valueOf(thrown.getMessage()));
        failure.setStackTrace(thrown.getStackTrace());
        if (thrown.getCause() != null) {
            failure.initCause(translated(thrown.getCause()));
        }
        return failure;
    }

    private static int codeOf(Throwable thrown) {
        if (thrown instanceof MQBrokerException atBroker) {
            return atBroker.getResponseCode();
        }
        if (thrown instanceof MQClientException atClient) {
            // A send that failed after its tries carries the broker's code; others may have it in their cause.
            if (atClient.getResponseCode() == NO_CODE && thrown.getCause() instanceof MQBrokerException atBroker) {
                return atBroker.getResponseCode();
            }
            return atClient.getResponseCode();
        }
        return NO_CODE;
    }
}
