package io.ternmq.broker.filter.sql;

/** Whether two numbers lie in a relation. Texts are read as numbers: beside a number as its kind, else as floating. */
final class Ordering extends Node {
    private final Node left;
    private final Relation relation;
    private final Node right;

    /** Both sides are properties, numbers, or negations. */
    Ordering(Node left, Relation relation, Node right) {
        super(Math.max(left.depth(), right.depth()));
        this.left = left;
        this.relation = relation;
        this.right = right;
    }

    @Override
    boolean isCondition() {
        return true;
    }

    @Override
    Value evaluate(RecordProperties properties) {
        Value leftValue = left.evaluate(properties);
        if (leftValue == Value.UNKNOWN || leftValue == Value.FAILED) {
            return leftValue;
        }
        Value rightValue = right.evaluate(properties);
        if (rightValue == Value.UNKNOWN || rightValue == Value.FAILED) {
            return rightValue;
        }
        int comparison = compare(leftValue == Value.TEXT, rightValue == Value.TEXT, properties);
        return comparison == NumberLiteral.INCOMPARABLE ? Value.FAILED : Value.of(relation.holds(comparison));
    }

    private int compare(boolean isLeftText, boolean isRightText, RecordProperties properties) {
        if (isLeftText && isRightText) {
            return compareTexts((TextNode) left, (TextNode) right, properties);
        } else if (isLeftText) {
            int reversed = ((NumberLiteral) right).compare((TextNode) left, properties);
            return reversed == NumberLiteral.INCOMPARABLE ? reversed : -reversed;
        }
        NumberLiteral number = (NumberLiteral) left;
        return isRightText ? number.compare((TextNode) right, properties) : number.compare((NumberLiteral) right);
    }

    private static int compareTexts(TextNode left, TextNode right, RecordProperties properties) {
        NumberReader reader = properties.numbers();
        if (!reader.readDecimal(left, properties)) {
            return NumberLiteral.INCOMPARABLE;
        }
        double leftNumber = reader.decimal();
        return reader.readDecimal(right, properties)
                ? Double.compare(leftNumber, reader.decimal())
                : NumberLiteral.INCOMPARABLE;
    }
}
