package io.ternmq.common.json;

/** A text is not what was expected of it. The message says what was found, what was expected and, where known, where. */
public final class JsonException extends RuntimeException {
    /** Returned by {@link #position()} when the trouble is with a value's meaning, not with the text. */
    public static final int NO_POSITION = -1;

    private static final long serialVersionUID = 1L;

    private final int position;

    JsonException(String message, int position) {
        super(position == NO_POSITION ? message : message + " at byte " + position);
        this.position = position;
    }

    JsonException(String message) {
        super(message);
        this.position = NO_POSITION;
    }

    JsonException(String message, JsonException cause) {
        super(message, cause);
        this.position = cause.position;
    }

    /** Where in the text, in bytes from its start; or {@link #NO_POSITION}. */
    public int position() {
        return position;
    }
}
