package io.ternmq.broker.filter;

import io.ternmq.broker.store.MessageFilter;
import java.util.function.Function;

/** What became of an expression: a filter, or the reason why there is none. */
public sealed interface FilterOutcome {

    <T> T fold(Function<Compiled, T> compiled, Function<Refused, T> refused);

    /** Why an expression cannot be evaluated. */
    enum Refusal {
        /** The text is not an expression of its type. */
        MALFORMED,
        /** This broker does not evaluate expressions of this type. */
        TYPE_NOT_SUPPORTED
    }

    /** The expression as a filter. */
    record Compiled(MessageFilter filter) implements FilterOutcome {
        @Override
        public <T> T fold(Function<Compiled, T> compiled, Function<Refused, T> refused) {
            return compiled.apply(this);
        }
    }

    /**
     * No filter.
     *
     * @param detail fit to be shown to whoever subscribed
     */
    record Refused(Refusal reason, String detail) implements FilterOutcome {
        @Override
        public <T> T fold(Function<Compiled, T> compiled, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
