package io.ternmq.broker.filter.sql;

import java.nio.ByteBuffer;

/** A part that comes to a text: bytes of UTF-8 within a buffer. Valid after {@link #evaluate} came to {@link Value#TEXT}. */
abstract class TextNode extends Node {
    private static final int ASCII_CASE = 0x20;
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};

    TextNode() {
        super(0);
    }

    abstract ByteBuffer buffer(RecordProperties properties);

    abstract int start(RecordProperties properties);

    abstract int length(RecordProperties properties);

    @Override
    final boolean isCondition() {
        return false;
    }

    final boolean isSameText(TextNode other, RecordProperties properties) {
        int length = length(properties);
        if (length != other.length(properties)) {
            return false;
        }
        ByteBuffer ours = buffer(properties);
        ByteBuffer theirs = other.buffer(properties);
        int start = start(properties);
        int otherStart = other.start(properties);
        for (int i = 0; i < length; i++) {
            if (ours.get(start + i) != theirs.get(otherStart + i)) {
                return false;
            }
        }
        return true;
    }

    /** The text as a truth: "true" in any case of letters is true, all else is false. */
    final boolean isTrueText(RecordProperties properties) {
        if (length(properties) != TRUE.length) {
            return false;
        }
        ByteBuffer buffer = buffer(properties);
        int start = start(properties);
        for (int i = 0; i < TRUE.length; i++) {
            if ((buffer.get(start + i) | ASCII_CASE) != TRUE[i]) {
                return false;
            }
        }
        return true;
    }
}
