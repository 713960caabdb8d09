package io.ternmq.broker.filter.sql;

/** A part of a condition. Immutable; used by any thread. */
abstract class Node {
    private final int depth;

    /** @param childDepth of the deepest part within it; 0 if there is none */
    Node(int childDepth) {
        this.depth = childDepth + 1;
    }

    /** What it comes to for one message. */
    abstract Value evaluate(RecordProperties properties);

    /** Whether it comes to a truth, if to anything. */
    abstract boolean isCondition();

    /** Levels of the tree that it is the top of. */
    final int depth() {
        return depth;
    }
}
