package io.ternmq.client.producer;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.fault.BrokerHealth;
import io.ternmq.remoting.protocol.RemotingConnectException;
import io.ternmq.remoting.protocol.RemotingException;
import io.ternmq.remoting.protocol.RemotingSendRequestException;
import io.ternmq.remoting.protocol.RemotingTimeoutException;
import io.ternmq.remoting.protocol.RemotingTooMuchRequestException;
import io.ternmq.remoting.protocol.ResponseCode;
import java.util.List;

/** Puts into words why a send failed. Stateless. */
final class SendFailures {

    private SendFailures() {}

    /** Every attempt failed. The code says of what kind the last failure was. */
    static MQClientException allFailed(Outgoing message, TimeLine line, int attempts, long tookMillis) {
        Throwable last = line.lastFailure().orElseThrow();
        return new MQClientException(
                codeOf(last),
                "Not sent to topic " + message.topic() + ": all of " + attempts + " attempts failed within "
                        + tookMillis + " ms, brokers tried " + line.brokers() + ". Time line: " + line,
                last);
    }

    /** The time was spent before the next attempt could begin. */
    static RemotingTooMuchRequestException outOfTime(
            Outgoing message, TimeLine line, int attempts, long tookMillis, long timeoutMillis) {
        String done = attempts == 0
                ? "No attempt was made"
                : attempts + " attempts were made, brokers tried " + line.brokers() + ". Time line: " + line;
        return new RemotingTooMuchRequestException(
                "Not sent to topic " + message.topic() + ": " + tookMillis + " ms of " + timeoutMillis
                        + " ms (sendMsgTimeout) were spent. " + done,
                line.lastFailure().orElse(null));
    }

    /** The time is over while an attempt is still under way. */
    static RemotingTooMuchRequestException overdue(
            Outgoing message, String waiting, long tookMillis, long timeoutMillis) {
        return new RemotingTooMuchRequestException("Not sent to topic " + message.topic() + ": " + tookMillis
                + " ms of " + timeoutMillis + " ms (sendMsgTimeout) were spent. Still waiting: " + waiting);
    }

    /** Name servers took all the time. */
    static RemotingTooMuchRequestException noRouteInTime(Outgoing message, long timeoutMillis, List<String> asked) {
        return new RemotingTooMuchRequestException("Not sent to topic " + message.topic() + ": the "
                + timeoutMillis + " ms (sendMsgTimeout) were spent waiting for name servers " + asked
                + ", which have not said yet where it is");
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

    /** Whether another broker may do what this one did not. */
    static boolean isRetryable(Throwable failure, SendSettings settings) {
        return failure instanceof RemotingException
                || failure instanceof MQClientException
                || (failure instanceof MQBrokerException refusal
                        && settings.retryCodes().contains(refusal.getResponseCode()));
    }

    /** Whether the broker may have stored the message all the same: it went out, and no answer came that could be read. */
    static boolean isAmbiguous(Throwable failure) {
        return failure instanceof RemotingException
                && !(failure instanceof RemotingConnectException)
                && !(failure instanceof RemotingTooMuchRequestException);
    }

    /** Whether the broker cannot be reached, or does not answer. */
    static boolean isUnreachable(Throwable failure) {
        return failure instanceof RemotingConnectException
                || failure instanceof RemotingTimeoutException
                || failure instanceof RemotingSendRequestException;
    }

    /** Whether name servers may know better by now where the topic is. */
    static boolean saysRouteIsOld(Throwable failure) {
        return isUnreachable(failure)
                || (failure instanceof MQBrokerException refusal
                        && refusal.getResponseCode() == ResponseCode.TOPIC_NOT_EXIST);
    }

    /** Tells a broker's health how an attempt ended, {@code failure} being null for success. */
    static void learn(BrokerHealth health, Throwable failure, long tookNanos, long nowNanos) {
        if (failure == null) {
            health.answered(tookNanos, nowNanos);
        } else if (isUnreachable(failure)) {
            health.failed();
        } else if (failure instanceof MQBrokerException refusal && isOfWholeBroker(refusal)) {
            health.refused();
        } else if (failure instanceof RemotingTooMuchRequestException) { // a limit of our own, it was not even asked
            health.abandoned(0);
        } else {
            health.answered(tookNanos, nowNanos);
        }
    }

    // Other refusals are about one topic or one message; they say nothing about the next one.
    private static boolean isOfWholeBroker(MQBrokerException refusal) {
        return switch (refusal.getResponseCode()) {
            case ResponseCode.SYSTEM_BUSY, ResponseCode.SERVICE_NOT_AVAILABLE, ResponseCode.GO_AWAY -> true;
            default -> false;
        };
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
}
