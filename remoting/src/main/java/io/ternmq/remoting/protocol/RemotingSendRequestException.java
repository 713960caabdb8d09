package io.ternmq.remoting.protocol;

/** The connection failed before or after the request went out: whether the peer acted on it is not known. */
public class RemotingSendRequestException extends RemotingException {
    private static final long serialVersionUID = 1L;

    public RemotingSendRequestException(String message) {
        super(message);
    }

    public RemotingSendRequestException(String message, Throwable cause) {
        super(message, cause);
    }
}
