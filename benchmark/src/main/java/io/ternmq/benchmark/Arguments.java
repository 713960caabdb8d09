package io.ternmq.benchmark;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A command line of options with a value each, read but not yet understood.
 *
 * @param values by the option's name, without its dashes; every known option has one
 */
public record Arguments(Map<String, String> values) {
    public Arguments {
        values = Map.copyOf(values);
    }

    /**
     * Reads a command line.
     *
     * @param defaults of all known options
     * @throws IllegalArgumentException naming what is not known or lacks a value
     */
    public static Arguments parse(Map<String, String> defaults, String... arguments) {
        Map<String, String> given = new HashMap<>(defaults);
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (!defaults.containsKey(name)) {
                throw new IllegalArgumentException("unknown option " + arguments[i] + "; known: --help");
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("option " + arguments[i] + " needs a value");
            }
            given.put(name, arguments[i + 1]);
        }
        return new Arguments(given);
    }

    public String text(String name) {
        return values.get(name);
    }

    public List<String> words(String name) {
        return List.of(text(name).strip().split(" +", -1));
    }

    public int number(String name, int least, int most) {
        return number(name, text(name), least, most);
    }

    private int number(String name, String text, int least, int most) {
        int number;
        try {
            number = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw bad(name, "a whole number", e);
        }
        if (number < least || number > most) {
            throw bad(name, "from " + least + " to " + most, null);
        }
        return number;
    }

    /** Whole numbers, parted by commas. */
    public List<Integer> numbers(String name, int least, int most) {
        return Arrays.stream(text(name).split(",", -1))
                .map(each -> number(name, each.strip(), least, most))
                .toList();
    }

    public <E extends Enum<E>> E one(String name, Class<E> type) {
        List<E> values = list(name, type);
        if (values.size() != 1) {
            throw bad(name, "one of " + known(type), null);
        }
        return values.get(0);
    }

    public <E extends Enum<E>> List<E> list(String name, Class<E> type) {
        Function<String, E> constant = text -> Enum.valueOf(type, text.strip().toUpperCase(Locale.ROOT));
        try {
            return Arrays.stream(text(name).split(",", -1)).map(constant).toList();
        } catch (IllegalArgumentException e) {
            throw bad(name, "a list of " + known(type), e);
        }
    }

    private static String known(Class<? extends Enum<?>> type) {
        return Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT);
    }

    private IllegalArgumentException bad(String name, String expected, Exception cause) {
        return new IllegalArgumentException(
                "option --" + name + " is '" + text(name) + "', expected " + expected, cause);
    }
}
