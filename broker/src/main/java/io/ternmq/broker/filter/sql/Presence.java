package io.ternmq.broker.filter.sql;

/** A property where a truth is wanted: unknown if the message has none, else false, whatever its text. */
final class Presence extends Node {
    private final Property property;

    Presence(Property property) {
        super(property.depth());
        this.property = property;
    }

    @Override
    Value evaluate(RecordProperties properties) {
        return property.evaluate(properties) == Value.UNKNOWN ? Value.UNKNOWN : Value.FALSE;
    }

    @Override
    boolean isCondition() {
        return true;
    }
}
