package io.ternmq.remoting.frame;

/** A peer sent what this protocol does not allow. The message says what was found and what was expected. */
public class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProtocolException(String message) {
        super(message);
    }

    public ProtocolException(String message, Throwable cause) {
        super(message, cause);
    }
}
