package io.ternmq.broker.filter.sql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads numbers from texts as Java's {@code Long.parseLong} and {@code Double.parseDouble} do, which is what official
 * brokers use; the ordinary forms without making a string of them. Scratch space of one evaluation at a time.
 */
final class NumberReader {
    private static final int RADIX = 10;
    private static final int EXACT_DIGITS_MAX = 15; // of a decimal number that a double holds without rounding
    private static final double[] POWERS = powers(); // 1 to 1e22: those that a double holds without rounding

    private long whole;
    private double decimal;

    /** What {@link #readWhole} found. */
    long whole() {
        return whole;
    }

    /** What {@link #readDecimal} found. */
    double decimal() {
        return decimal;
    }

    /** Whether the text is a whole number of 64 bits. */
    boolean readWhole(TextNode text, RecordProperties properties) {
        ByteBuffer buffer = text.buffer(properties);
        int start = text.start(properties);
        int end = start + text.length(properties);
        int index = isSign(buffer, start, end) ? start + 1 : start;
        if (index == end) {
            return false;
        }
        long negative = 0; // the negative numbers reach one further
        for (; index < end; index++) {
            byte unit = buffer.get(index);
            if (unit < 0) {
                return readOtherDigits(buffer, start, end);
            }
            int digit = unit - '0';
            if (digit < 0 || digit >= RADIX || negative < (Long.MIN_VALUE + digit) / RADIX) {
                return false;
            }
            negative = negative * RADIX - digit;
        }
        boolean isNegative = buffer.get(start) == '-';
        whole = isNegative ? negative : -negative;
        return isNegative || negative != Long.MIN_VALUE;
    }

    /** Whether the text is a number in any form that Java's floating-point numbers have. */
    boolean readDecimal(TextNode text, RecordProperties properties) {
        ByteBuffer buffer = text.buffer(properties);
        int start = text.start(properties);
        int end = start + text.length(properties);
        return readPlainDecimal(buffer, start, end) || readAnyDecimal(buffer, start, end);
    }

    // Digits and perhaps a point: both the digits and the power of ten are exact, so their quotient is rounded once.
    private boolean readPlainDecimal(ByteBuffer buffer, int start, int end) {
        int index = isSign(buffer, start, end) ? start + 1 : start;
        int digits = 0;
        int point = -1;
        long units = 0;
        for (; index < end; index++) {
            byte unit = buffer.get(index);
            if (unit == '.' && point < 0) {
                point = index;
            } else if (unit >= '0' && unit <= '9' && digits < EXACT_DIGITS_MAX) {
                units = units * RADIX + (unit - '0');
                digits++;
            } else {
                return false;
            }
        }
        if (digits == 0) {
            return false;
        }
        double magnitude = point < 0 ? units : units / POWERS[end - point - 1];
        decimal = buffer.get(start) == '-' ? -magnitude : magnitude;
        return true;
    }

    private boolean readAnyDecimal(ByteBuffer buffer, int start, int end) {
        if (start == end || isWord(buffer.get(start))) {
            return false;
        }
        try {
            decimal = Double.parseDouble(string(buffer, start, end));
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    // Digits of other scripts are digits to Java.
    private boolean readOtherDigits(ByteBuffer buffer, int start, int end) {
        try {
            whole = Long.parseLong(string(buffer, start, end));
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    // Most texts that are no numbers are words; they need not cost an exception. NaN and Infinity are numbers.
    private static boolean isWord(byte first) {
        boolean isLetter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
        return isLetter && first != 'N' && first != 'I';
    }

    private static boolean isSign(ByteBuffer buffer, int start, int end) {
        return start < end && (buffer.get(start) == '-' || buffer.get(start) == '+');
    }

    private static String string(ByteBuffer buffer, int start, int end) {
        byte[] bytes = new byte[end - start];
        buffer.get(start, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static double[] powers() {
        double[] powers = new double[EXACT_DIGITS_MAX + 1];
        double power = 1;
        for (int i = 0; i < powers.length; i++) {
            powers[i] = power;
            power *= RADIX;
        }
        return powers;
    }
}
