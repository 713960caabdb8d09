package io.ternmq.client.trace;

/** Writes the fields of one {@link TraceRecord}. Used by one thread, until {@link #end}. */
final class TraceFields {
    private static final char FIELD_SEPARATOR = '\u0001';
    private static final char RECORD_END = '\u0002';

    /** Stands for an empty field at the end of a record, which readers would not see: what official clients write there. */
    private static final String NOTHING = "null";

    private final StringBuilder text;

    TraceFields(StringBuilder text, String kind) {
        this.text = text;
        text.append(kind);
    }

    TraceFields add(long number) {
        text.append(FIELD_SEPARATOR).append(number);
        return this;
    }

    TraceFields add(boolean claim) {
        text.append(FIELD_SEPARATOR).append(claim);
        return this;
    }

    /** Separators within the text become blanks, or the fields behind it would be read as others. */
    TraceFields add(String value) {
        text.append(FIELD_SEPARATOR).append(value.replace(FIELD_SEPARATOR, ' ').replace(RECORD_END, ' '));
        return this;
    }

    /** Adds the last field of a record, which may be empty. */
    TraceFields addLast(String value) {
        return add(value.isEmpty() ? NOTHING : value);
    }

    void end() {
        text.append(RECORD_END);
    }
}
