package io.ternmq.broker.filter.sql;

/**
 * Whether two values are equal. Not symmetric, as official brokers have it: unknown on the left is unknown, on the right
 * it is false, and two unknown values are equal; a text is read as the kind of value that it is compared with, but a
 * truth on the left cannot be compared with a text.
 */
final class Equality extends Node {
    private final Node left;
    private final Node right;

    Equality(Node left, Node right) {
        super(Math.max(left.depth(), right.depth()));
        this.left = left;
        this.right = right;
    }

    @Override
    boolean isCondition() {
        return true;
    }

    @Override
    Value evaluate(RecordProperties properties) {
        Value leftValue = left.evaluate(properties);
        if (leftValue == Value.FAILED) {
            return Value.FAILED;
        }
        Value rightValue = right.evaluate(properties);
        if (rightValue == Value.FAILED) {
            return Value.FAILED;
        } else if (leftValue == Value.UNKNOWN) {
            return rightValue == Value.UNKNOWN ? Value.TRUE : Value.UNKNOWN;
        } else if (rightValue == Value.UNKNOWN) {
            return Value.FALSE;
        }
        return switch (leftValue) {
            case TEXT -> ofText((TextNode) left, rightValue, properties);
            case NUMBER -> ofNumber((NumberLiteral) left, rightValue, properties);
            case TRUE, FALSE -> rightValue == Value.TEXT ? Value.FAILED : Value.of(leftValue == rightValue);
            case UNKNOWN, FAILED -> throw new IllegalStateException("comparison of " + leftValue);
        };
    }

    private Value ofText(TextNode text, Value rightValue, RecordProperties properties) {
        return switch (rightValue) {
            case TEXT -> Value.of(text.isSameText((TextNode) right, properties));
            case NUMBER -> isZero(((NumberLiteral) right).compare(text, properties));
            case TRUE, FALSE -> Value.of(text.isTrueText(properties) == (rightValue == Value.TRUE));
            case UNKNOWN, FAILED -> throw new IllegalStateException("comparison with " + rightValue);
        };
    }

    private Value ofNumber(NumberLiteral number, Value rightValue, RecordProperties properties) {
        return switch (rightValue) {
            case TEXT -> isZero(number.compare((TextNode) right, properties));
            case NUMBER -> isZero(number.compare((NumberLiteral) right));
            case TRUE, FALSE -> Value.FALSE;
            case UNKNOWN, FAILED -> throw new IllegalStateException("comparison with " + rightValue);
        };
    }

    private static Value isZero(int comparison) {
        return comparison == NumberLiteral.INCOMPARABLE ? Value.FAILED : Value.of(comparison == 0);
    }
}
