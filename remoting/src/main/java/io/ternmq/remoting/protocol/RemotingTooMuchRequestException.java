package io.ternmq.remoting.protocol;

/** Nothing was sent: the time was spent beforehand, or as many requests as allowed are already waiting for answers. */
public class RemotingTooMuchRequestException extends RemotingException {
    private static final long serialVersionUID = 1L;

    public RemotingTooMuchRequestException(String message) {
        super(message);
    }

    public RemotingTooMuchRequestException(String message, Throwable cause) {
        super(message, cause);
    }
}
