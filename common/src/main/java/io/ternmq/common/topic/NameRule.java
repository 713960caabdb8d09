package io.ternmq.common.topic;

import java.util.Optional;

/** What a name may look like: its characters and its length. Immutable. */
final class NameRule {
    private static final String LETTERS = "%, |, -, _, letters and digits of ASCII";

    private final String subject;
    private final int lengthMax;

    NameRule(String subject, int lengthMax) {
        this.subject = subject;
        this.lengthMax = lengthMax;
    }

    /** What is wrong with {@code name}, as a sentence; empty if nothing is. */
    Optional<String> problemOf(String name) {
        if (name.isEmpty()) {
            return Optional.of(subject + " is empty: expected 1 to " + lengthMax + " characters");
        }
        if (name.length() > lengthMax) {
            return Optional.of(subject + " has " + name.length() + " characters: expected at most " + lengthMax);
        }
        for (int index = 0; index < name.length(); index++) {
            if (!isAllowed(name.charAt(index))) {
                return Optional.of(subject + " " + name + " holds a character that is not allowed at index " + index
                        + ": expected " + LETTERS);
            }
        }
        return Optional.empty();
    }

    private static boolean isAllowed(char unit) {
        return (unit >= 'a' && unit <= 'z')
                || (unit >= 'A' && unit <= 'Z')
                || (unit >= '0' && unit <= '9')
                || unit == '%'
                || unit == '|'
                || unit == '-'
                || unit == '_';
    }
}
