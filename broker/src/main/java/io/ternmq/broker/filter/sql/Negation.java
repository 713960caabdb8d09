package io.ternmq.broker.filter.sql;

/** A minus before what is no number in the condition itself: unknown for every message, as official brokers have it. */
final class Negation extends Node {
    private final Node operand;

    Negation(Node operand) {
        super(operand.depth());
        this.operand = operand;
    }

    @Override
    Value evaluate(RecordProperties properties) {
        return operand.evaluate(properties) == Value.FAILED ? Value.FAILED : Value.UNKNOWN;
    }

    @Override
    boolean isCondition() {
        return false;
    }
}
