package io.ternmq.broker.filter.sql;

/** Ends the reading of a text that is no condition. Does not leave this room: {@link SqlCondition} makes it a value. */
final class RefusedText extends Exception {
    private static final long serialVersionUID = 1;

    private final int index;

    /** @param index of the character at fault, from 0 */
    RefusedText(int index, String reason) {
        super(reason, null, false, false); // the stack says nothing that the position does not
        this.index = index;
    }

    int index() {
        return index;
    }
}
