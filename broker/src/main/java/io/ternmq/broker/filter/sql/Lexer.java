package io.ternmq.broker.filter.sql;

import io.ternmq.broker.filter.sql.Token.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Cuts the text of an expression into words and signs, one at a time. Used by one parser. */
final class Lexer {
    private static final Map<String, Kind> KEYWORDS = Stream.of(
                    Kind.AND,
                    Kind.OR,
                    Kind.NOT,
                    Kind.BETWEEN,
                    Kind.IN,
                    Kind.IS,
                    Kind.NULL,
                    Kind.TRUE,
                    Kind.FALSE,
                    Kind.CONTAINS,
                    Kind.STARTSWITH,
                    Kind.ENDSWITH)
            .collect(Collectors.toUnmodifiableMap(Kind::name, kind -> kind));
    private static final char NOTHING = '\0'; // beyond the end; within, it is no character of the language either

    private final String text;
    private int index;

    Lexer(String text) {
        this.text = text;
    }

    /** The next token; {@link Kind#END} again and again at the end. */
    Token next() throws RefusedText {
        skipBlanks();
        int start = index;
        if (start >= text.length()) {
            return new Token(Kind.END, "", text.length());
        }
        char first = text.charAt(start);
        if (isNameStart(first)) {
            return word(start);
        } else if (isDigit(first) || (first == '.' && isDigit(at(start + 1)))) {
            return number(start);
        } else if (first == '\'') {
            return quoted(start);
        }
        return sign(first, start);
    }

    /** Whether a comment begins here that has no line end behind it. */
    boolean isLastComment(Token token) {
        return token.is(Kind.MINUS) && text.startsWith("--", token.start());
    }

    // A comment of two dashes needs a line end behind it: without one they are two signs, as official brokers have it.
    private void skipBlanks() throws RefusedText {
        while (index < text.length()) {
            if (isBlank(text.charAt(index))) {
                index++;
            } else if (text.startsWith("--", index) && lineEnd(index) >= 0) {
                index = lineEnd(index) + 1;
            } else if (text.startsWith("/*", index)) {
                int end = text.indexOf("*/", index + 2);
                if (end < 0) {
                    throw new RefusedText(index, "the comment that begins here with /* has no end");
                }
                index = end + 2;
            } else {
                return;
            }
        }
    }

    private int lineEnd(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end < text.length() ? end : -1;
    }

    private Token word(int start) {
        while (isNamePart(at(index))) {
            index++;
        }
        String word = text.substring(start, index);
        return new Token(KEYWORDS.getOrDefault(word.toUpperCase(Locale.ROOT), Kind.NAME), word, start);
    }

    private Token number(int start) throws RefusedText {
        skipDigits();
        boolean isDecimal = at(index) == '.';
        if (isDecimal) {
            index++;
            skipDigits();
        }
        isDecimal |= skipExponent();
        if (isDecimal) {
            return new Token(Kind.DECIMAL, text.substring(start, index), start);
        }
        String digits = text.substring(start, index);
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            throw new RefusedText(start, "a whole number does not begin with 0: " + Token.shown(digits));
        }
        if (at(index) == 'L' || at(index) == 'l') {
            index++;
        }
        return new Token(Kind.WHOLE, digits, start);
    }

    private void skipDigits() {
        while (isDigit(at(index))) {
            index++;
        }
    }

    private boolean skipExponent() {
        if (at(index) != 'e' && at(index) != 'E') {
            return false;
        }
        int digits = at(index + 1) == '+' || at(index + 1) == '-' ? index + 2 : index + 1;
        if (!isDigit(at(digits))) {
            return false;
        }
        index = digits;
        skipDigits();
        return true;
    }

    private Token quoted(int start) throws RefusedText {
        StringBuilder meaning = new StringBuilder();
        index++;
        while (true) {
            int quote = text.indexOf('\'', index);
            if (quote < 0) {
                throw new RefusedText(start, "the text that begins here has no closing quote");
            }
            meaning.append(text, index, quote);
            index = quote + 1;
            if (at(index) != '\'') {
                return new Token(Kind.TEXT, meaning.toString(), start);
            }
            meaning.append('\''); // two quotes within a text stand for one
            index++;
        }
    }

    private Token sign(char first, int start) throws RefusedText {
        return switch (first) {
            case '=' -> sign(Kind.EQUAL, start);
            case '(' -> sign(Kind.OPEN, start);
            case ')' -> sign(Kind.CLOSE, start);
            case ',' -> sign(Kind.COMMA, start);
            case '+' -> sign(Kind.PLUS, start);
            case '-' -> sign(Kind.MINUS, start);
            case '<' ->
                sign(at(start + 1) == '>' ? Kind.NOT_EQUAL : at(start + 1) == '=' ? Kind.AT_MOST : Kind.LESS, start);
            case '>' -> sign(at(start + 1) == '=' ? Kind.AT_LEAST : Kind.GREATER, start);
            case '!' -> throw new RefusedText(start, "unexpected !: not equal is written <>");
            case '"' -> throw new RefusedText(start, "unexpected \": texts stand in single quotes");
            default -> throw new RefusedText(start, "unexpected character " + Token.shown(String.valueOf(first)));
        };
    }

    private Token sign(Kind kind, int start) {
        index = start + kind.shown().length();
        return new Token(kind, kind.shown(), start);
    }

    private char at(int position) {
        return position < text.length() ? text.charAt(position) : NOTHING;
    }

    private static boolean isBlank(char unit) {
        return unit == ' ' || unit == '\t' || unit == '\n' || unit == '\r' || unit == '\f';
    }

    private static boolean isDigit(char unit) {
        return unit >= '0' && unit <= '9';
    }

    private static boolean isNameStart(char unit) {
        return (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z') || unit == '_' || unit == '$';
    }

    private static boolean isNamePart(char unit) {
        return isNameStart(unit) || isDigit(unit);
    }
}
