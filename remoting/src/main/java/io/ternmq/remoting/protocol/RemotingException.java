package io.ternmq.remoting.protocol;

/** A call did not get an answer: no connection, nothing sent, or nothing came back. */
public class RemotingException extends Exception {
    private static final long serialVersionUID = 1L;

    public RemotingException(String message) {
        super(message);
    }

    public RemotingException(String message, Throwable cause) {
        super(message, cause);
    }
}
