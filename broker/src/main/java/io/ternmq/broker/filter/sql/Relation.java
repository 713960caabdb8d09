package io.ternmq.broker.filter.sql;

/** How one number may lie to another. */
enum Relation {
    LESS,
    AT_MOST,
    GREATER,
    AT_LEAST;

    /** @param comparison negative, 0 or positive as the left number is less, equal or greater */
    boolean holds(int comparison) {
        return switch (this) {
            case LESS -> comparison < 0;
            case AT_MOST -> comparison <= 0;
            case GREATER -> comparison > 0;
            case AT_LEAST -> comparison >= 0;
        };
    }
}
