package io.ternmq.common.json;

/** Turns the texts of numbers and truth values into values. Stateless. */
final class JsonNumbers {
    private JsonNumbers() {}

    static int int32(String text, int position) {
        long value = int64(text, position);
        if (value != (int) value) {
            throw new JsonException("Number " + text + " does not fit 32 bits", position);
        }
        return (int) value;
    }

    static long int64(String text, int position) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return wholePart(text, position);
        }
    }

    static double float64(String text, int position) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new JsonException("Expected a number, found " + shown(text), position);
        }
        if (!Double.isFinite(value)) {
            throw new JsonException("Number " + shown(text) + " is out of range", position);
        }
        return value;
    }

    static boolean flag(String text, int position) {
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw new JsonException("Expected true or false, found " + shown(text), position);
    }

    // "5.0" and "1e3" are whole numbers too, as long as a double holds them exactly.
    private static long wholePart(String text, int position) {
        double value = float64(text, position);
        if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
            throw new JsonException("Expected a whole number of 64 bits, found " + shown(text), position);
        }
        return (long) value;
    }

    /** A text for an error message, cut to a length that no peer can abuse. */
    static String shown(String text) {
        int longest = 40;
        return '"' + (text.length() <= longest ? text : text.substring(0, longest) + "...") + '"';
    }
}
