package io.ternmq.broker.filter.sql;

import io.ternmq.broker.filter.sql.TextTest.Place;
import io.ternmq.broker.filter.sql.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one expression into its tree, by recursive descent. Used once.
 *
 * <pre>
 * condition  = junction, end
 * junction   = conjunction, { OR, conjunction }
 * conjunction= equality, { AND, equality }
 * equality   = comparison, { "=" comparison | "&lt;&gt;" comparison | IS [NOT] NULL }
 * comparison = unary, { ("&gt;" | "&gt;=" | "&lt;" | "&lt;=") unary | [NOT] BETWEEN unary AND unary
 *                     | [NOT] IN "(" text { "," text } ")" | [NOT] (CONTAINS | STARTSWITH | ENDSWITH) text }
 * unary      = ("+" | "-" | NOT) unary | "(" junction ")" | name | text | number | TRUE | FALSE | NULL
 * </pre>
 *
 * NOT binds closest of all: {@code NOT a = 1} is {@code (NOT a) = 1}, as with official brokers.
 */
final class Parser {
    private final Lexer lexer;
    private final Map<String, Property> properties = new LinkedHashMap<>(); // by name, in the order of their slots
    private Token token; // the one that is looked at
    private int nesting;
    private int terms;

    Parser(String text) {
        this.lexer = new Lexer(text);
    }

    /** The whole text as a condition. */
    Node condition() throws RefusedText {
        advance();
        Token first = token;
        Node condition = asCondition(junction(), first);
        if (!token.is(Kind.END) && !lexer.isLastComment(token)) {
            throw tail();
        }
        return condition;
    }

    /** Names of the properties, by slot. */
    TextTable names() {
        return new TextTable(List.copyOf(properties.keySet()));
    }

    /** Names and literals read. */
    int terms() {
        return terms;
    }

    private Node junction() throws RefusedText {
        Token first = token;
        Node node = conjunction();
        if (!token.is(Kind.OR)) {
            return node;
        }
        List<Node> conditions = new ArrayList<>();
        conditions.add(asCondition(node, first));
        while (token.is(Kind.OR)) {
            advance();
            Token next = token;
            conditions.add(asCondition(conjunction(), next));
        }
        return bounded(Junction.anyOf(conditions), first);
    }

    private Node conjunction() throws RefusedText {
        Token first = token;
        Node node = equality();
        if (!token.is(Kind.AND)) {
            return node;
        }
        List<Node> conditions = new ArrayList<>();
        conditions.add(asCondition(node, first));
        while (token.is(Kind.AND)) {
            advance();
            Token next = token;
            conditions.add(asCondition(equality(), next));
        }
        return bounded(Junction.allOf(conditions), first);
    }

    private Node equality() throws RefusedText {
        Token first = token;
        Node node = comparison();
        while (true) {
            Token operator = token;
            switch (operator.kind()) {
                case EQUAL, NOT_EQUAL -> {
                    advance();
                    Node equality = equal(node, comparison(), operator);
                    node = operator.is(Kind.EQUAL) ? equality : new Not(equality);
                }
                case IS -> {
                    advance();
                    boolean isNegated = skip(Kind.NOT);
                    take(Kind.NULL);
                    node = new NullTest(node, isNegated);
                }
                default -> {
                    return node;
                }
            }
            bounded(node, first);
        }
    }

    private Node comparison() throws RefusedText {
        Token first = token;
        Node node = unary();
        while (true) {
            Optional<Node> longer = longer(node);
            if (longer.isEmpty()) {
                return node;
            }
            node = bounded(longer.get(), first);
        }
    }

    /** A comparison that has the node for its left side; empty if none follows. */
    private Optional<Node> longer(Node node) throws RefusedText {
        Token operator = token;
        Optional<Relation> relation = relation(operator.kind());
        if (relation.isPresent()) {
            advance();
            return Optional.of(ordering(node, relation.get(), unary(), operator));
        }
        boolean isNegated = skip(Kind.NOT);
        return switch (token.kind()) {
            case BETWEEN -> Optional.of(between(node, isNegated));
            case IN -> Optional.of(inList(node, isNegated));
            case CONTAINS -> Optional.of(textTest(node, Place.ANYWHERE, isNegated));
            case STARTSWITH -> Optional.of(textTest(node, Place.START, isNegated));
            case ENDSWITH -> Optional.of(textTest(node, Place.END, isNegated));
            default -> {
                if (isNegated) {
                    throw unexpected("BETWEEN, IN, CONTAINS, STARTSWITH or ENDSWITH after NOT");
                }
                yield Optional.empty();
            }
        };
    }

    private Node unary() throws RefusedText {
        Token first = token;
        if (++nesting > SqlLimits.NESTING_MAX) {
            throw new RefusedText(first.start(), "nested more than " + SqlLimits.NESTING_MAX + " deep");
        }
        Node node = signed(first);
        nesting--;
        return bounded(node, first);
    }

    private Node signed(Token first) throws RefusedText {
        return switch (first.kind()) {
            case PLUS -> {
                advance();
                yield unary();
            }
            case MINUS -> {
                advance();
                Node operand = unary();
                yield operand instanceof NumberLiteral number ? number.negated() : new Negation(operand);
            }
            case NOT -> {
                advance();
                Token negated = token;
                yield new Not(asCondition(unary(), negated));
            }
            case OPEN -> {
                advance();
                Node inner = junction();
                take(Kind.CLOSE);
                yield inner;
            }
            default -> term(first);
        };
    }

    private Node term(Token first) throws RefusedText {
        Node term = switch (first.kind()) {
            case NAME -> property(first.text());
            case TEXT -> new TextLiteral(first.text());
            case WHOLE -> whole(first);
            case DECIMAL -> decimal(first);
            case TRUE -> new TruthLiteral(Value.TRUE);
            case FALSE -> new TruthLiteral(Value.FALSE);
            case NULL -> new TruthLiteral(Value.UNKNOWN);
            default -> throw unexpected("a name, a text in single quotes, a number, TRUE, FALSE, NULL, NOT or (");
        };
        countTerm();
        advance();
        return term;
    }

    private Property property(String name) {
        return properties.computeIfAbsent(name, unseen -> new Property(properties.size()));
    }

    private static NumberLiteral whole(Token token) throws RefusedText {
        try {
            return NumberLiteral.of(Long.parseLong(token.text()));
        } catch (NumberFormatException e) {
            throw new RefusedText(
                    token.start(), token.shown() + " is beyond the whole numbers of 64 bits: write it with a point");
        }
    }

    private static NumberLiteral decimal(Token token) throws RefusedText {
        double number = Double.parseDouble(token.text());
        if (Double.isInfinite(number)) {
            throw new RefusedText(token.start(), token.shown() + " is greater than " + Double.MAX_VALUE);
        }
        boolean isZero = token.text()
                .chars()
                .takeWhile(unit -> unit != 'e' && unit != 'E')
                .noneMatch(unit -> unit > '0');
        if (number == 0 && !isZero) {
            throw new RefusedText(token.start(), token.shown() + " is less than " + Double.MIN_VALUE);
        }
        return NumberLiteral.of(number);
    }

    private Node equal(Node left, Node right, Token operator) throws RefusedText {
        if (isNull(left) || isNull(right)) {
            throw new RefusedText(operator.start(), "NULL cannot be compared: write IS NULL or IS NOT NULL");
        }
        boolean isPlainConstant =
                right instanceof TextLiteral || (right instanceof NumberLiteral number && !number.isSigned());
        if (left instanceof TruthLiteral && isPlainConstant) {
            throw new RefusedText(operator.start(), "TRUE or FALSE cannot be compared with a text or a number");
        }
        return new Equality(left, right);
    }

    private static Node ordering(Node left, Relation relation, Node right, Token operator) throws RefusedText {
        if (!isOrdered(left) || !isOrdered(right)) {
            throw new RefusedText(
                    operator.start(), operator.shown() + " compares numbers and properties, and nothing else");
        }
        return new Ordering(left, relation, right);
    }

    private Node between(Node node, boolean isNegated) throws RefusedText {
        Token word = token;
        advance();
        Node least = unary();
        take(Kind.AND);
        Node greatest = unary();
        if (isNegated) {
            return Junction.anyOf(List.of(
                    ordering(node, Relation.LESS, least, word), ordering(node, Relation.GREATER, greatest, word)));
        }
        if (least instanceof NumberLiteral from
                && greatest instanceof NumberLiteral to
                && !from.isSigned()
                && !to.isSigned()
                && from.compare(to) > 0) {
            throw new RefusedText(word.start(), "BETWEEN names the lesser value first");
        }
        return Junction.allOf(List.of(
                ordering(node, Relation.AT_LEAST, least, word), ordering(node, Relation.AT_MOST, greatest, word)));
    }

    private Node inList(Node node, boolean isNegated) throws RefusedText {
        Token word = token;
        advance();
        if (!(node instanceof Property property)) {
            throw new RefusedText(word.start(), "only a property can be IN a list");
        }
        take(Kind.OPEN);
        List<String> texts = new ArrayList<>();
        do {
            texts.add(text());
        } while (skip(Kind.COMMA));
        take(Kind.CLOSE);
        return new InList(property, new TextTable(texts), isNegated);
    }

    private Node textTest(Node node, Place place, boolean isNegated) throws RefusedText {
        advance();
        return new TextTest(node, place, text(), isNegated);
    }

    private String text() throws RefusedText {
        String text = token.text();
        take(Kind.TEXT);
        countTerm();
        return text;
    }

    private Node asCondition(Node node, Token first) throws RefusedText {
        if (node.isCondition()) {
            return node;
        } else if (node instanceof Property property) {
            return new Presence(property);
        }
        throw new RefusedText(first.start(), "a condition is expected here, not " + first.shown() + " alone");
    }

    private static boolean isNull(Node node) {
        return node instanceof TruthLiteral literal && literal.isNull();
    }

    private static boolean isOrdered(Node node) {
        return node instanceof Property || node instanceof NumberLiteral || node instanceof Negation;
    }

    private static Optional<Relation> relation(Kind kind) {
        return switch (kind) {
            case LESS -> Optional.of(Relation.LESS);
            case AT_MOST -> Optional.of(Relation.AT_MOST);
            case GREATER -> Optional.of(Relation.GREATER);
            case AT_LEAST -> Optional.of(Relation.AT_LEAST);
            default -> Optional.empty();
        };
    }

    private static Node bounded(Node node, Token first) throws RefusedText {
        if (node.depth() > SqlLimits.DEPTH_MAX) {
            throw new RefusedText(first.start(), "nested more than " + SqlLimits.DEPTH_MAX + " levels deep");
        }
        return node;
    }

    private void countTerm() throws RefusedText {
        if (++terms > SqlLimits.TERMS_MAX) {
            throw new RefusedText(
                    token.start(), "more than " + SqlLimits.TERMS_MAX + " names, texts and numbers in one expression");
        }
    }

    private void advance() throws RefusedText {
        token = lexer.next();
    }

    private boolean skip(Kind kind) throws RefusedText {
        boolean isThere = token.is(kind);
        if (isThere) {
            advance();
        }
        return isThere;
    }

    private void take(Kind kind) throws RefusedText {
        if (!skip(kind)) {
            throw unexpected(kind.shown());
        }
    }

    private RefusedText unexpected(String expected) {
        return new RefusedText(token.start(), "expected " + expected + ", found " + token.shown());
    }

    private RefusedText tail() {
        String found = "expected AND, OR or the end, found " + token.shown();
        boolean isLike = token.is(Kind.NAME) && token.text().equalsIgnoreCase("LIKE");
        return new RefusedText(
                token.start(), isLike ? found + ": there are CONTAINS, STARTSWITH and ENDSWITH instead" : found);
    }
}
