package io.ternmq.client.producer;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.remoting.protocol.RemotingConnectException;
import io.ternmq.remoting.protocol.RemotingException;
import io.ternmq.remoting.protocol.RemotingTimeoutException;
import io.ternmq.remoting.protocol.RemotingTooMuchRequestException;
import java.util.List;

/** Puts into words why a send failed. Stateless. */
final class SendFailures {

    private SendFailures() {}

    /** Every attempt failed. The code says of what kind the last failure was. */
    static MQClientException allFailed(String topic, List<Attempt> attempts, long tookMillis) {
        Throwable last = attempts.get(attempts.size() - 1).failure();
        return new MQClientException(
                codeOf(last),
                "Not sent to topic " + topic + ": all of " + attempts.size() + " attempts failed within " + tookMillis
                        + " ms. " + listed(attempts),
                last);
    }

    /** The time was spent before the next attempt could begin. */
    static RemotingTooMuchRequestException outOfTime(
            String topic, List<Attempt> attempts, long tookMillis, long timeoutMillis) {
        String done = attempts.isEmpty() ? "No attempt was made" : attempts.size() + " attempts were made";
        return new RemotingTooMuchRequestException(
                "Not sent to topic " + topic + ": " + tookMillis + " ms of " + timeoutMillis
                        + " ms (sendMsgTimeout) were spent. " + done + ". " + listed(attempts),
                attempts.isEmpty() ? null : attempts.get(attempts.size() - 1).failure());
    }

    /** A failure for the thread that waited for it, with that thread's stack. Throws what is no client exception. */
    static MQClientException rethrown(Throwable failure) throws RemotingException {
        failure.fillInStackTrace();
        if (failure instanceof MQClientException client) {
            return client;
        }
        if (failure instanceof RemotingException remoting) {
            throw remoting;
        }
        if (failure instanceof RuntimeException mistake) { // of the application's selector
            throw mistake;
        }
        return new MQClientException(ClientErrorCode.UNKNOWN, "Not sent: " + failure, failure);
    }

    private static int codeOf(Throwable failure) {
        if (failure instanceof MQBrokerException refusal) {
            return refusal.getResponseCode();
        }
        if (failure instanceof MQClientException client) {
            return client.getResponseCode();
        }
        if (failure instanceof RemotingConnectException) {
            return ClientErrorCode.CONNECT_BROKER_EXCEPTION;
        }
        if (failure instanceof RemotingTimeoutException || failure instanceof RemotingTooMuchRequestException) {
            return ClientErrorCode.ACCESS_BROKER_TIMEOUT;
        }
        return failure instanceof RemotingException
                ? ClientErrorCode.CONNECT_BROKER_EXCEPTION
                : ClientErrorCode.UNKNOWN;
    }

    private static String listed(List<Attempt> attempts) {
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < attempts.size(); index++) {
            text.append(index == 0 ? "" : "; ").append(index + 1).append(") ").append(attempts.get(index));
        }
        return text.toString();
    }
}
