package io.ternmq.broker.filter.sql;

import java.util.List;

/** Conditions with AND, or with OR, between them: asked from the left until one decides. */
final class Junction extends Node {
    private final Value deciding; // false of one decides AND, true of one decides OR
    private final Node[] conditions;

    private Junction(Value deciding, List<Node> conditions) {
        super(conditions.stream().mapToInt(Node::depth).max().orElse(0));
        this.deciding = deciding;
        this.conditions = conditions.toArray(Node[]::new);
    }

    static Junction allOf(List<Node> conditions) {
        return new Junction(Value.FALSE, conditions);
    }

    static Junction anyOf(List<Node> conditions) {
        return new Junction(Value.TRUE, conditions);
    }

    @Override
    Value evaluate(RecordProperties properties) {
        boolean isUnknown = false;
        for (Node condition : conditions) {
            Value value = condition.evaluate(properties);
            if (value == deciding || value == Value.FAILED) {
                return value;
            }
            isUnknown |= value == Value.UNKNOWN;
        }
        return isUnknown ? Value.UNKNOWN : deciding.inverted();
    }

    @Override
    boolean isCondition() {
        return true;
    }
}
