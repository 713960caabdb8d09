package io.ternmq.broker.filter.sql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A text that stands in the condition itself. */
final class TextLiteral extends TextNode {
    private final ByteBuffer bytes;

    TextLiteral(String text) {
        this.bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    Value evaluate(RecordProperties properties) {
        return Value.TEXT;
    }

    @Override
    ByteBuffer buffer(RecordProperties properties) {
        return bytes;
    }

    @Override
    int start(RecordProperties properties) {
        return 0;
    }

    @Override
    int length(RecordProperties properties) {
        return bytes.capacity();
    }
}
