package io.ternmq.broker.filter.sql;

import java.util.function.Function;

/** What became of an expression's text: a condition, or the place and the reason why it is none. */
public sealed interface SqlOutcome {

    <T> T fold(Function<Compiled, T> compiled, Function<Refused, T> refused);

    /** The text as a condition. */
    record Compiled(SqlCondition condition) implements SqlOutcome {
        @Override
        public <T> T fold(Function<Compiled, T> compiled, Function<Refused, T> refused) {
            return compiled.apply(this);
        }
    }

    /**
     * The text is no condition.
     *
     * @param position of the first character that cannot stand where it is, counted from 1
     * @param reason fit to be shown to whoever wrote it, and bounded whatever the text is
     */
    record Refused(int position, String reason) implements SqlOutcome {
        @Override
        public <T> T fold(Function<Compiled, T> compiled, Function<Refused, T> refused) {
            return refused.apply(this);
        }

        @Override
        public String toString() {
            return "at character " + position + ": " + reason;
        }
    }
}
