package io.ternmq.common.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One key of a configuration: its spelling, type, default, and what it takes. Immutable; declared once as a constant of
 * the record that it belongs to.
 *
 * @param <T> type of the value
 */
public final class Setting<T> {
    private final String key;
    private final T fallback;
    private final String expected;
    private final Function<String, T> parser; // throws IllegalArgumentException for what it does not take
    private final Function<T, String> printer;
    private final boolean changeable;

    private Setting(
            String key,
            T fallback,
            String expected,
            Function<String, T> parser,
            Function<T, String> printer,
            boolean changeable) {
        this.key = key;
        this.fallback = fallback;
        this.expected = expected;
        this.parser = parser;
        this.printer = printer;
        this.changeable = changeable;
    }

    /** A text as it stands, without blanks around it. */
    public static Setting<String> text(String key, String fallback) {
        return new Setting<>(key, fallback, "a text", value -> value, value -> value, false);
    }

    /** {@code true} or {@code false}, in any case of letters. */
    public static Setting<Boolean> flag(String key, boolean fallback) {
        return new Setting<>(key, fallback, "true or false", Setting::parseFlag, String::valueOf, false);
    }

    /** A whole number of 32 bits. */
    public static Setting<Integer> integer(String key, int fallback) {
        return new Setting<>(key, fallback, "a whole number", Integer::valueOf, String::valueOf, false);
    }

    /** A whole number of 64 bits; for sizes in bytes say so in the key. */
    public static Setting<Long> number(String key, long fallback) {
        return new Setting<>(key, fallback, "a whole number", Long::valueOf, String::valueOf, false);
    }

    /** A duration written as a whole number of milliseconds. */
    public static Setting<Duration> millis(String key, long fallbackMillis) {
        return new Setting<>(
                key,
                Duration.ofMillis(fallbackMillis),
                "a whole number of milliseconds",
                value -> Duration.ofMillis(Long.parseLong(value)),
                value -> Long.toString(value.toMillis()),
                false);
    }

    /** One of an enum's constants, by name, in any case of letters. */
    public static <E extends Enum<E>> Setting<E> choice(String key, E fallback) {
        Class<E> type = fallback.getDeclaringClass();
        String names = Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
        return new Setting<>(
                key,
                fallback,
                "one of " + names,
                value -> Enum.valueOf(type, value.toUpperCase(Locale.ROOT)),
                Enum::name,
                false);
    }

    /** The same setting, taking only values from {@code least} to {@code greatest}, both included. */
    public Setting<T> between(long least, long greatest) {
        return restricted(expected + " from " + least + " to " + greatest, value -> {
            long number = asLong(value);
            return number >= least && number <= greatest;
        });
    }

    /** The same setting, taking only values that {@code rule} accepts; {@code expectedText} completes "expected ...". */
    public Setting<T> restricted(String expectedText, Predicate<T> rule) {
        Function<String, T> checked = value -> {
            T parsed = parser.apply(value);
            if (!rule.test(parsed)) {
                throw new IllegalArgumentException(value);
            }
            return parsed;
        };
        return new Setting<>(key, fallback, expectedText, checked, printer, changeable);
    }

    /**
     * The same setting, open to change over the wire while the server runs. Never for a key whose value names a path
     * or a command.
     */
    public Setting<T> changeable() {
        return new Setting<>(key, fallback, expected, parser, printer, true);
    }

    /** The same setting with another default, for sizes that follow from the machine or from another key. */
    public Setting<T> withDefault(T other) {
        return new Setting<>(key, other, expected, parser, printer, changeable);
    }

    public String key() {
        return key;
    }

    /** The value where none is given. */
    public T fallback() {
        return fallback;
    }

    /** Completes the sentence "expected ..."; for documents and errors. */
    public String expected() {
        return expected;
    }

    /** Whether the value may be changed while the server runs. */
    public boolean isChangeable() {
        return changeable;
    }

    /**
     * Reads a value.
     *
     * @throws SettingException if the setting does not take it
     */
    public T parse(String value) {
        try {
            return parser.apply(value.strip());
        } catch (IllegalArgumentException e) {
            throw new SettingException(key, value, expected);
        }
    }

    /** A value as it stands in a file. */
    public String print(T value) {
        return printer.apply(value);
    }

    private static long asLong(Object value) {
        if (value instanceof Duration duration) {
            return duration.toMillis();
        }
        return ((Number) value).longValue();
    }

    private static Boolean parseFlag(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(value);
        };
    }
}
