package io.ternmq.broker.filter.sql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Whether a text contains, starts with or ends with another, or does not. Of what is no text, and for an empty pattern,
 * it is false either way, as official brokers have it.
 */
final class TextTest extends Node {
    /** Where the pattern is looked for. */
    enum Place {
        ANYWHERE,
        START,
        END
    }

    private final Node operand;
    private final Place place;
    private final boolean isNegated;
    private final byte[] pattern;
    private final int[] fallback; // for each length matched: how much of it still is after a byte that differs

    TextTest(Node operand, Place place, String pattern, boolean isNegated) {
        super(operand.depth());
        this.operand = operand;
        this.place = place;
        this.isNegated = isNegated;
        this.pattern = pattern.getBytes(StandardCharsets.UTF_8);
        this.fallback = place == Place.ANYWHERE ? fallback(this.pattern) : new int[0];
    }

    @Override
    boolean isCondition() {
        return true;
    }

    @Override
    Value evaluate(RecordProperties properties) {
        if (pattern.length == 0) {
            return Value.FALSE;
        }
        Value value = operand.evaluate(properties);
        if (value != Value.TEXT) {
            return value == Value.FAILED ? value : Value.FALSE;
        }
        TextNode text = (TextNode) operand;
        return Value.of(isIn(text.buffer(properties), text.start(properties), text.length(properties)) != isNegated);
    }

    // In UTF-8 no character begins within another, so bytes can be compared for characters.
    private boolean isIn(ByteBuffer buffer, int start, int length) {
        if (length < pattern.length) {
            return false;
        }
        return switch (place) {
            case ANYWHERE -> isWithin(buffer, start, length);
            case START -> isAt(buffer, start);
            case END -> isAt(buffer, start + length - pattern.length);
        };
    }

    private boolean isAt(ByteBuffer buffer, int index) {
        for (int i = 0; i < pattern.length; i++) {
            if (buffer.get(index + i) != pattern[i]) {
                return false;
            }
        }
        return true;
    }

    // Knuth, Morris and Pratt: never goes back in the text, so a pattern made to be slow is not.
    private boolean isWithin(ByteBuffer buffer, int start, int length) {
        int matched = 0;
        for (int i = start; i < start + length; i++) {
            byte next = buffer.get(i);
            while (matched > 0 && pattern[matched] != next) {
                matched = fallback[matched - 1];
            }
            if (pattern[matched] == next && ++matched == pattern.length) {
                return true;
            }
        }
        return false;
    }

    private static int[] fallback(byte[] pattern) {
        int[] table = new int[pattern.length];
        int matched = 0;
        for (int i = 1; i < pattern.length; i++) {
            while (matched > 0 && pattern[matched] != pattern[i]) {
                matched = table[matched - 1];
            }
            if (pattern[matched] == pattern[i]) {
                matched++;
            }
            table[i] = matched;
        }
        return table;
    }
}
