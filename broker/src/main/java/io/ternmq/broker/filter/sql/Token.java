package io.ternmq.broker.filter.sql;

/**
 * One word or sign of an expression.
 *
 * @param text as written; of a text between quotes, what it means
 * @param start index of its first character
 */
record Token(Kind kind, String text, int start) {
    private static final int SHOWN_MAX = 24;

    /** What tokens there are. The keywords are those whose name is a word of the language. */
    enum Kind {
        END("the end"),
        NAME("a name"),
        TEXT("a text in single quotes"),
        WHOLE("a number"),
        DECIMAL("a number"),
        EQUAL("="),
        NOT_EQUAL("<>"),
        LESS("<"),
        AT_MOST("<="),
        GREATER(">"),
        AT_LEAST(">="),
        OPEN("("),
        CLOSE(")"),
        COMMA(","),
        PLUS("+"),
        MINUS("-"),
        AND("AND"),
        OR("OR"),
        NOT("NOT"),
        BETWEEN("BETWEEN"),
        IN("IN"),
        IS("IS"),
        NULL("NULL"),
        TRUE("TRUE"),
        FALSE("FALSE"),
        CONTAINS("CONTAINS"),
        STARTSWITH("STARTSWITH"),
        ENDSWITH("ENDSWITH");

        private final String shown;

        Kind(String shown) {
            this.shown = shown;
        }

        /** As a message to the writer of the expression calls it. */
        String shown() {
            return shown;
        }
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** As a message to the writer of the expression calls it: bounded, and fit for one line. */
    String shown() {
        return switch (kind) {
            case END -> kind.shown();
            case TEXT -> "the text '" + shown(text) + "'";
            default -> shown(text);
        };
    }

    /** A piece of an expression in a message: bounded, and fit for one line. */
    static String shown(String piece) {
        String head = piece.length() <= SHOWN_MAX ? piece : piece.substring(0, SHOWN_MAX) + "...";
        StringBuilder line = new StringBuilder(head.length());
        head.chars().forEach(unit -> line.append(Character.isISOControl(unit) ? '?' : (char) unit));
        return line.toString();
    }
}
