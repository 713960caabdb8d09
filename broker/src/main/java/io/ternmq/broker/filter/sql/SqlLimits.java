package io.ternmq.broker.filter.sql;

/** How large an expression may be. What is larger is refused before it costs anything. */
public final class SqlLimits {
    /** Characters of an expression. */
    public static final int LENGTH_MAX = 16 * 1024;

    /** Parentheses, signs and NOTs around one operand: what the parser's own stack grows with. */
    public static final int NESTING_MAX = 128;

    /** Levels of the tree: what the stack of an evaluation grows with. Chains of AND and of OR are one level each. */
    public static final int DEPTH_MAX = 512;

    /** Names and literals, those in lists included. */
    public static final int TERMS_MAX = 1024;

    private SqlLimits() {}
}
