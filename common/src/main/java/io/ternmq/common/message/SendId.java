package io.ternmq.common.message;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Names one call of a producer's {@code send}, the same over all its repeats, so that a broker can tell a repeat after a
 * lost answer from a message that is sent twice on purpose. Travels as property {@link MessageProperties#SEND_ID}.
 *
 * <pre>
 * AAAABI0Vnia   AAAAAAAAAAH   2             22 to 24 characters of ASCII
 * producer 11   number 11     repeat 0..2   base 64 of RFC 4648 for URLs, most significant digit first
 * </pre>
 *
 * <p>The first time the message goes out the third part is missing; then it is 1, 2 and so on in decimal. It marks the
 * repeat for whoever reads the stored message; identity is in the first two parts alone, 16 bytes.
 *
 * @param producer drawn at random when a producer starts
 * @param number counts the sends of that producer
 * @param repeat 0 for the first time, at most {@value #REPEAT_MAX}
 */
public record SendId(long producer, long number, int repeat) {
    /** Later repeats say this number too. */
    public static final int REPEAT_MAX = 99;

    private static final byte[] DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGIT_BITS = 6;
    private static final int LONG_DIGITS = 11; // 66 bits: the first digit holds four
    private static final int IDENTITY_CHARS = 2 * LONG_DIGITS;
    private static final int TEXT_CHARS_MAX = IDENTITY_CHARS + 2;

    public SendId {
        if (repeat < 0 || repeat > REPEAT_MAX) {
            throw new IllegalArgumentException("repeat is " + repeat + ", expected 0 to " + REPEAT_MAX);
        }
    }

    /** The id of the same send when it goes out once more. */
    public SendId again() {
        return new SendId(producer, number, Math.min(repeat + 1, REPEAT_MAX));
    }

    /** Whether both stand for the same send, whichever repeat of it. */
    public boolean isSameSend(SendId other) {
        return producer == other.producer && number == other.number;
    }

    /** The form of the property's value. */
    public String text() {
        byte[] text = new byte[IDENTITY_CHARS];
        put(text, 0, producer);
        put(text, LONG_DIGITS, number);
        String identity = new String(text, StandardCharsets.ISO_8859_1); // the quickest way to make one of bytes
        return repeat == 0 ? identity : identity + repeat;
    }

    /** Reads a property's value; empty for what is not of this form, which then means nothing. */
    public static Optional<SendId> parse(String text) {
        int length = text.length();
        if (length < IDENTITY_CHARS || length > TEXT_CHARS_MAX) {
            return Optional.empty();
        }
        for (int index = 0; index < IDENTITY_CHARS; index++) {
            int digit = digit(text.charAt(index));
            if (digit < 0 || (index % LONG_DIGITS == 0 && digit > 0xF)) {
                return Optional.empty();
            }
        }
        int repeat = 0;
        for (int index = IDENTITY_CHARS; index < length; index++) {
            int digit = text.charAt(index) - '0';
            if (digit < 0 || digit > 9 || (repeat == 0 && digit == 0)) {
                return Optional.empty();
            }
            repeat = repeat * 10 + digit;
        }
        return Optional.of(new SendId(number(text, 0), number(text, LONG_DIGITS), repeat));
    }

    private static void put(byte[] text, int start, long value) {
        long rest = value;
        for (int index = start + LONG_DIGITS - 1; index >= start; index--) {
            text[index] = DIGITS[(int) rest & 0x3F];
            rest >>>= DIGIT_BITS;
        }
    }

    private static long number(String text, int start) {
        long value = 0;
        for (int index = start; index < start + LONG_DIGITS; index++) {
            value = (value << DIGIT_BITS) | digit(text.charAt(index));
        }
        return value;
    }

    private static int digit(char unit) {
        if (unit >= 'A' && unit <= 'Z') {
            return unit - 'A';
        }
        if (unit >= 'a' && unit <= 'z') {
            return unit - 'a' + 26;
        }
        if (unit >= '0' && unit <= '9') {
            return unit - '0' + 52;
        }
        return unit == '-' ? 62 : unit == '_' ? 63 : -1;
    }
}
