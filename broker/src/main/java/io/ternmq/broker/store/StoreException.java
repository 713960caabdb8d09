package io.ternmq.broker.store;

/** The disk, or what lies on it, does not let the store do its work. The message names the file and the facts. */
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
