package io.ternmq.broker.filter.sql;

/** Whether a property's text is one of a list, or none of it. */
final class InList extends Node {
    private final Property property;
    private final TextTable texts;
    private final boolean isNegated;

    InList(Property property, TextTable texts, boolean isNegated) {
        super(property.depth());
        this.property = property;
        this.texts = texts;
        this.isNegated = isNegated;
    }

    @Override
    boolean isCondition() {
        return true;
    }

    @Override
    Value evaluate(RecordProperties properties) {
        if (property.evaluate(properties) == Value.UNKNOWN) {
            return Value.UNKNOWN;
        }
        int found = texts.find(property.buffer(properties), property.start(properties), property.length(properties));
        return Value.of((found >= 0) != isNegated);
    }
}
