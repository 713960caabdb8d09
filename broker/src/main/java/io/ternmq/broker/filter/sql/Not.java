package io.ternmq.broker.filter.sql;

/** The opposite of a condition; what is unknown stays so. */
final class Not extends Node {
    private final Node condition;

    Not(Node condition) {
        super(condition.depth());
        this.condition = condition;
    }

    @Override
    Value evaluate(RecordProperties properties) {
        return condition.evaluate(properties).inverted();
    }

    @Override
    boolean isCondition() {
        return true;
    }
}
