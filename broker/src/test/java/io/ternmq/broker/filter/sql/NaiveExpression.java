package io.ternmq.broker.filter.sql;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;

/**
 * A random expression together with what it means, written down a second time and as plainly as can be: values are
 * objects, NULL is null, and what cannot be compared throws.
 *
 * @param level how closely it binds: an operand of a closer-binding operator stands in parentheses
 * @param value from the properties of a message
 */
record NaiveExpression(String text, int level, Function<Map<String, String>, Object> value) {
    static final List<String> NAMES = List.of("a", "b", "c", "absent");
    private static final int OR = 0;
    private static final int AND = 1;
    private static final int EQUALITY = 2;
    private static final int COMPARISON = 3;
    private static final int UNARY = 4;

    private static final List<String> TEXTS = List.of("x", "abc", "bc", "1", "1.5", "true", "it's", "中", "TRUE", "");
    private static final List<String> NUMBERS = List.of("0", "1", "2", "10", "1.5", ".5", "1e2", "9007199254740993");

    /** Whether the expression is true of a message with these properties. */
    boolean isTrueOf(Map<String, String> properties) {
        try {
            return Boolean.TRUE.equals(value.apply(properties));
        } catch (IllegalArgumentException cannotBeCompared) { // a NumberFormatException is one
            return false;
        }
    }

    static NaiveExpression condition(Random random, int depth) {
        if (depth <= 0) {
            return comparison(random, 0);
        }
        return switch (random.nextInt(8)) {
            case 0 -> junction(random, depth, "OR", OR, true);
            case 1 -> junction(random, depth, "AND", AND, false);
            case 2 -> not(condition(random, depth - 1));
            case 3 -> equality(random, depth);
            case 4 -> nullTest(random, depth);
            default -> comparison(random, depth);
        };
    }

    private static NaiveExpression junction(Random random, int depth, String word, int level, boolean deciding) {
        NaiveExpression left = condition(random, depth - 1);
        NaiveExpression right = condition(random, depth - 1);
        String text = left.within(level, random) + " " + word + " " + right.within(level + 1, random);
        return new NaiveExpression(text, level, properties -> {
            Object first = left.value.apply(properties);
            if (Objects.equals(first, deciding)) {
                return deciding;
            }
            Object second = right.value.apply(properties);
            if (Objects.equals(second, deciding)) {
                return deciding;
            }
            return (first == null || second == null) ? null : !deciding;
        });
    }

    private static NaiveExpression not(NaiveExpression inner) {
        return new NaiveExpression("NOT (" + inner.text + ")", UNARY, properties -> {
            Object value = inner.value.apply(properties);
            return value == null ? null : !(Boolean) value;
        });
    }

    private static NaiveExpression equality(Random random, int depth) {
        NaiveExpression left = random.nextBoolean() ? condition(random, depth - 1) : operand(random);
        NaiveExpression right = random.nextInt(4) == 0 ? condition(random, depth - 1) : operand(random);
        boolean isEqual = random.nextBoolean();
        String text = left.within(EQUALITY, random) + (isEqual ? " = " : "<>") + right.within(COMPARISON, random);
        return new NaiveExpression(text, EQUALITY, properties -> {
            Boolean equal = equal(left.value.apply(properties), right.value.apply(properties));
            return equal == null ? null : equal == isEqual;
        });
    }

    private static Boolean equal(Object left, Object right) {
        if (left == null) {
            return right == null ? true : null;
        } else if (right == null) {
            return false;
        } else if (left instanceof Boolean && right instanceof String) {
            throw new IllegalArgumentException("a truth and a text");
        } else if (left instanceof String text && right instanceof Boolean) {
            return Boolean.valueOf(text).equals(right);
        } else if (left instanceof Boolean
                || right instanceof Boolean
                || (left instanceof String && right instanceof String)) {
            return left.equals(right);
        }
        return compare(left, right) == 0;
    }

    private static int compare(Object left, Object right) {
        if (left instanceof String text) {
            return compare(right instanceof Long ? (Object) Long.valueOf(text) : Double.valueOf(text), right);
        } else if (right instanceof String text) {
            return compare(left, left instanceof Long ? (Object) Long.valueOf(text) : Double.valueOf(text));
        } else if (left instanceof Long first && right instanceof Long second) {
            return first.compareTo(second);
        }
        return Double.compare(((Number) left).doubleValue(), ((Number) right).doubleValue());
    }

    private static NaiveExpression nullTest(Random random, int depth) {
        NaiveExpression inner = random.nextBoolean() ? condition(random, depth - 1) : operand(random);
        boolean isNull = random.nextBoolean();
        String text = inner.within(EQUALITY, random) + (isNull ? " IS NULL" : " is not null");
        return new NaiveExpression(text, EQUALITY, properties -> (inner.value.apply(properties) == null) == isNull);
    }

    private static NaiveExpression comparison(Random random, int depth) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> ordering(random);
            case 2 -> between(random);
            case 3 -> inList(random);
            default -> textTest(random, depth);
        };
    }

    private static NaiveExpression ordering(Random random) {
        NaiveExpression left = numeric(random);
        NaiveExpression right = numeric(random);
        int operator = random.nextInt(4);
        String text = left.text + List.of(" < ", "<=", ">", " >= ").get(operator) + right.text;
        return new NaiveExpression(
                text, COMPARISON, properties -> ordered(left.value.apply(properties), operator, right, properties));
    }

    private static Object ordered(Object left, int operator, NaiveExpression right, Map<String, String> properties) {
        Object other = left == null ? null : right.value.apply(properties);
        if (other == null) {
            return null;
        }
        int comparison = compare(left, other);
        return List.of(comparison < 0, comparison <= 0, comparison > 0, comparison >= 0)
                .get(operator);
    }

    private static NaiveExpression between(Random random) {
        NaiveExpression operand = numeric(random);
        NaiveExpression least = property(random);
        NaiveExpression greatest = numeric(random);
        boolean isWithin = random.nextBoolean();
        String text = operand.text + (isWithin ? " BETWEEN " : " NOT between ") + least.text + " AND " + greatest.text;
        return new NaiveExpression(text, COMPARISON, properties -> {
            Object value = operand.value.apply(properties);
            Object first = ordered(value, isWithin ? 3 : 0, least, properties);
            if (Objects.equals(first, !isWithin)) {
                return !isWithin;
            }
            Object second = ordered(value, isWithin ? 1 : 2, greatest, properties);
            if (Objects.equals(second, !isWithin)) {
                return !isWithin;
            }
            return (first == null || second == null) ? null : isWithin;
        });
    }

    private static NaiveExpression inList(Random random) {
        NaiveExpression property = property(random);
        String first = pick(TEXTS, random);
        String second = pick(TEXTS, random);
        boolean isIn = random.nextBoolean();
        String text = property.text + (isIn ? " IN (" : " not in(") + quoted(first) + ", " + quoted(second) + ")";
        return new NaiveExpression(text, COMPARISON, properties -> {
            Object value = property.value.apply(properties);
            return value == null ? null : (value.equals(first) || value.equals(second)) == isIn;
        });
    }

    private static NaiveExpression textTest(Random random, int depth) {
        NaiveExpression inner = depth > 0 && random.nextInt(4) == 0 ? condition(random, depth - 1) : operand(random);
        String pattern = pick(TEXTS, random);
        String word = pick(List.of("CONTAINS", "startswith", "EndsWith"), random);
        boolean isIn = random.nextBoolean();
        String text = inner.within(COMPARISON, random) + (isIn ? " " : " NOT ") + word + " " + quoted(pattern);
        return new NaiveExpression(text, COMPARISON, properties -> {
            if (pattern.isEmpty() || !(inner.value.apply(properties) instanceof String value)) {
                return false;
            }
            boolean found = switch (word) {
                case "CONTAINS" -> value.contains(pattern);
                case "startswith" -> value.startsWith(pattern);
                default -> value.endsWith(pattern);
            };
            return found == isIn;
        });
    }

    private static NaiveExpression operand(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> text(random);
            case 1 -> number(random);
            default -> property(random);
        };
    }

    private static NaiveExpression numeric(Random random) {
        return random.nextBoolean() ? number(random) : property(random);
    }

    private static NaiveExpression property(Random random) {
        String name = pick(NAMES, random);
        return new NaiveExpression(name, UNARY, properties -> properties.get(name));
    }

    private static NaiveExpression text(Random random) {
        String text = pick(TEXTS, random);
        return new NaiveExpression(quoted(text), UNARY, properties -> text);
    }

    private static NaiveExpression number(Random random) {
        String digits = pick(NUMBERS, random);
        boolean isWhole = digits.chars().allMatch(Character::isDigit);
        Object number = isWhole ? (Object) Long.valueOf(digits) : Double.valueOf(digits);
        if (random.nextInt(4) != 0) {
            return new NaiveExpression(digits, UNARY, properties -> number);
        }
        Object negative = isWhole ? (Object) (-(Long) number) : -(Double) number;
        return new NaiveExpression("-" + digits, UNARY, properties -> negative);
    }

    private String within(int outerLevel, Random random) {
        return (level < outerLevel || random.nextInt(8) == 0) ? "(" + text + ")" : text;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
