package io.ternmq.broker.filter.sql;

/** TRUE, FALSE or NULL as they stand in the condition itself. */
final class TruthLiteral extends Node {
    private final Value value;

    /** @param value true, false or unknown */
    TruthLiteral(Value value) {
        super(0);
        this.value = value;
    }

    boolean isNull() {
        return value == Value.UNKNOWN;
    }

    @Override
    Value evaluate(RecordProperties properties) {
        return value;
    }

    @Override
    boolean isCondition() {
        return true;
    }
}
