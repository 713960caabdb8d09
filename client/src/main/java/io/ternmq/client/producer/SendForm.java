package io.ternmq.client.producer;

/** The three ways of sending, as far as the path of a message differs between them. */
enum SendForm {
    /** The caller waits for the answer. */
    SYNC,
    /** The caller goes on once there is room for its message, and is called back. */
    ASYNC,
    /** No answer is asked for, so there is nothing to go by for another attempt. */
    ONE_WAY;

    int attemptsMax(SendSettings settings) {
        return switch (this) {
            case SYNC -> 1 + settings.syncRetries();
            case ASYNC -> 1 + settings.asyncRetries();
            case ONE_WAY -> 1;
        };
    }
}
