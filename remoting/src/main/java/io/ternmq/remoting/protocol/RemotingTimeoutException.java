package io.ternmq.remoting.protocol;

/** The request went out and no answer came within the time allowed: whether the peer acted on it is not known. */
public class RemotingTimeoutException extends RemotingException {
    private static final long serialVersionUID = 1L;

    public RemotingTimeoutException(String message) {
        super(message);
    }

    public RemotingTimeoutException(String message, Throwable cause) {
        super(message, cause);
    }
}
