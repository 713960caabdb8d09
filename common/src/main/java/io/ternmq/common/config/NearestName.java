package io.ternmq.common.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds what somebody may have meant by a name that does not exist. Costs time by the product of both lengths for each
 * candidate, so callers bound how many they offer.
 */
public final class NearestName {
    private NearestName() {}

    /**
     * The candidate that takes the fewest changes of single characters, case not counted; empty if even that one is
     * further away than a third of the name.
     */
    public static Optional<String> of(String name, Iterable<String> candidates) {
        String wanted = name.toLowerCase(Locale.ROOT);
        int nearest = Math.max(1, name.length() / 3) + 1;
        String found = null;
        for (String candidate : candidates) {
            int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT), nearest);
            if (distance < nearest) {
                nearest = distance;
                found = candidate;
            }
        }
        return Optional.ofNullable(found);
    }

    private static int distance(String from, String to, int tooFar) {
        if (Math.abs(from.length() - to.length()) >= tooFar) {
            return tooFar;
        }
        int[] row = new int[to.length() + 1];
        Arrays.setAll(row, column -> column);
        for (int line = 1; line <= from.length(); line++) {
            nextRow(row, from.charAt(line - 1), to, line);
        }
        return row[to.length()];
    }

    private static void nextRow(int[] row, char unit, String to, int line) {
        int diagonal = row[0];
        row[0] = line;
        for (int column = 1; column < row.length; column++) {
            int above = row[column];
            int replaced = diagonal + (unit == to.charAt(column - 1) ? 0 : 1);
            row[column] = Math.min(replaced, Math.min(above, row[column - 1]) + 1);
            diagonal = above;
        }
    }
}
