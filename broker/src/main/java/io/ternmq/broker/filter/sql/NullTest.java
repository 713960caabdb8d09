package io.ternmq.broker.filter.sql;

/** Whether a value is unknown, or is known. */
final class NullTest extends Node {
    private final Node operand;
    private final boolean isNegated;

    NullTest(Node operand, boolean isNegated) {
        super(operand.depth());
        this.operand = operand;
        this.isNegated = isNegated;
    }

    @Override
    boolean isCondition() {
        return true;
    }

    @Override
    Value evaluate(RecordProperties properties) {
        Value value = operand.evaluate(properties);
        return value == Value.FAILED ? value : Value.of((value == Value.UNKNOWN) != isNegated);
    }
}
