package io.ternmq.broker.filter.sql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One line of the table of the language: our own tests and those beside official brokers both read it.
 *
 * @param expected what we make of it
 * @param official what official brokers make of it
 */
public record SqlCase(String expression, Map<String, String> properties, Outcome expected, Outcome official) {
    private static final String TABLE = "cases.txt";
    private static final int COLUMNS_MIN = 3;

    /** What can come of an expression and a message. */
    public enum Outcome {
        MATCH,
        NO,
        REFUSED;

        private static Outcome of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** Whether we decide otherwise than official brokers. */
    public boolean isOurOwn() {
        return expected != official;
    }

    /** The table. */
    public static List<SqlCase> all() {
        try (InputStream stream = Objects.requireNonNull(SqlCase.class.getResourceAsStream(TABLE), TABLE)) {
            return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(SqlCase::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SqlCase parse(String line) {
        String[] columns = line.split(" \\| ", -1);
        if (columns.length < COLUMNS_MIN) {
            throw new IllegalArgumentException("not a case: " + line);
        }
        Map<String, String> properties = new LinkedHashMap<>();
        if (!columns[1].equals("-")) {
            for (String pair : columns[1].split("; ", -1)) {
                int at = pair.indexOf('=');
                properties.put(pair.substring(0, at), meant(pair.substring(at + 1)));
            }
        }
        Outcome expected = Outcome.of(columns[2]);
        Outcome official = columns.length == COLUMNS_MIN
                ? expected
                : Outcome.of(columns[COLUMNS_MIN].split(":", 2)[0]);
        return new SqlCase(meant(columns[0]), properties, expected, official);
    }

    private static String meant(String text) {
        return text.replace("\\s", " ").replace("\\n", "\n").replace("\\t", "\t");
    }
}
