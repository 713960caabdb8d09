package io.ternmq.broker.filter.sql;

import java.nio.ByteBuffer;

/** A property of the message by its name; unknown where the message has none. */
final class Property extends TextNode {
    private final int slot;

    /** @param slot of its name among the names of the condition */
    Property(int slot) {
        this.slot = slot;
    }

    @Override
    Value evaluate(RecordProperties properties) {
        return properties.has(slot) ? Value.TEXT : Value.UNKNOWN;
    }

    @Override
    ByteBuffer buffer(RecordProperties properties) {
        return properties.buffer();
    }

    @Override
    int start(RecordProperties properties) {
        return properties.start(slot);
    }

    @Override
    int length(RecordProperties properties) {
        return properties.length(slot);
    }
}
