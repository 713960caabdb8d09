package io.ternmq.broker.filter.sql;

/** What a part of a condition comes to for one message. */
enum Value {
    TRUE,
    FALSE,
    /** NULL: a property that the message does not have, and what follows from that. */
    UNKNOWN,
    /** A text; the node itself says which. */
    TEXT,
    /** A number; the node itself says which. */
    NUMBER,
    /** Two values that cannot be compared. Ends the evaluation: the message does not match. */
    FAILED;

    static Value of(boolean isTrue) {
        return isTrue ? TRUE : FALSE;
    }

    /** NOT in three-valued logic; of a truth, unknown or failed. */
    Value inverted() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case UNKNOWN, FAILED -> this;
            case TEXT, NUMBER -> throw new IllegalStateException("NOT " + this);
        };
    }
}
