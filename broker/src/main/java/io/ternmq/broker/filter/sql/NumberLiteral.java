package io.ternmq.broker.filter.sql;

/** A number that stands in the condition itself: 64 bits, whole or floating. A text is read as the number's own kind. */
final class NumberLiteral extends Node {
    /** In place of a comparison's result: the text is no number of this kind. */
    static final int INCOMPARABLE = Integer.MIN_VALUE;

    private final boolean isWhole;
    private final long whole;
    private final double decimal;
    private final boolean isSigned;

    private NumberLiteral(boolean isWhole, long whole, double decimal, boolean isSigned) {
        super(0);
        this.isWhole = isWhole;
        this.whole = whole;
        this.decimal = decimal;
        this.isSigned = isSigned;
    }

    static NumberLiteral of(long whole) {
        return new NumberLiteral(true, whole, whole, false);
    }

    static NumberLiteral of(double decimal) {
        return new NumberLiteral(false, 0, decimal, false);
    }

    /** This number with a minus before it. */
    NumberLiteral negated() {
        return new NumberLiteral(isWhole, -whole, -decimal, true);
    }

    /** Whether a minus was written before it: official brokers do not look at such operands when they compile. */
    boolean isSigned() {
        return isSigned;
    }

    @Override
    Value evaluate(RecordProperties properties) {
        return Value.NUMBER;
    }

    @Override
    boolean isCondition() {
        return false;
    }

    /** Negative, 0 or positive, as this number is less, equal or greater. */
    int compare(NumberLiteral other) {
        return isWhole && other.isWhole ? Long.compare(whole, other.whole) : Double.compare(decimal, other.decimal);
    }

    /** As {@link #compare(NumberLiteral)}; {@link #INCOMPARABLE} if the text is no number of this kind. */
    int compare(TextNode text, RecordProperties properties) {
        NumberReader reader = properties.numbers();
        if (isWhole) {
            return reader.readWhole(text, properties) ? Long.compare(whole, reader.whole()) : INCOMPARABLE;
        }
        return reader.readDecimal(text, properties) ? Double.compare(decimal, reader.decimal()) : INCOMPARABLE;
    }
}
