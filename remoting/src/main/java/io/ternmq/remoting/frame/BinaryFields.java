package io.ternmq.remoting.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads and writes the fields of binary headers. A header mostly has the fields of the last one with its code, but for a
 * few values: those runs are neither taken apart nor put together anew. Owns what it remembers of them, in a fixed number
 * of places. Not safe for use by several threads.
 *
 * <pre>
 * entry: name length (2 bytes), name, value length (4 bytes), value
 * </pre>
 */
final class BinaryFields {
    private static final int KINDS = 16; // a power of two; codes in use differ in their lowest bits
    private static final VarHandle INT16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final RecentTexts texts;
    private final SeenFields[] read = new SeenFields[KINDS];
    private final SeenFields[] written = new SeenFields[KINDS];

    BinaryFields(RecentTexts texts) {
        this.texts = texts;
        for (int kind = 0; kind < KINDS; kind++) {
            read[kind] = new SeenFields();
            written[kind] = new SeenFields();
        }
    }

    /**
     * Reads all entries from {@code start} to {@code end}. Those without a name or a value are passed over.
     *
     * @param code of the header
     * @throws ProtocolException if a length points beyond {@code end}
     */
    HeaderFields read(int code, byte[] source, int start, int end) {
        if (start == end) {
            return HeaderFields.empty();
        }
        SeenFields seen = read[code & KINDS - 1];
        HeaderFields.Builder fields = HeaderFields.builder();
        int index = 0;
        int at = start;
        while (at < end) {
            int agreement = index < seen.count() ? seen.agreement(index, source, at, end) : 0;
            while (index < seen.count() && seen.length(index) <= agreement) {
                put(fields, seen.name(index), seen.value(index));
                agreement -= seen.length(index);
                at += seen.length(index);
                index++;
            }
            if (at < end) {
                int valueAt = at + Short.BYTES + nameBytes(source, at, end);
                boolean isNameSeen = index < seen.count() && valueAt - at <= agreement;
                String name = isNameSeen ? seen.name(index) : text(source, at + Short.BYTES, valueAt);
                int next = valueAt + Integer.BYTES + valueBytes(source, valueAt, end, name);
                String value = text(source, valueAt + Integer.BYTES, next);
                put(fields, name, value);
                seen.put(index, name, value, source, at, next);
                at = next;
                index++;
            }
        }
        return fields.build();
    }

    /**
     * Writes all fields that have a value.
     *
     * @param code of the header
     * @throws ProtocolException if a name is too long for its length field; no request of this protocol has one
     */
    void write(int code, HeaderFields fields, HeaderBytes out) {
        SeenFields seen = written[code & KINDS - 1];
        int index = 0;
        while (index < fields.count()) {
            int same = seen.sameUpTo(index, fields);
            if (same > index) {
                seen.write(index, same, out);
                index = same;
            } else {
                int start = out.size();
                write(fields.name(index), fields.value(index), out);
                seen.put(index, fields.name(index), fields.value(index), out.array(), start, out.size());
                index++;
            }
        }
    }

    private static void put(HeaderFields.Builder fields, String name, String value) {
        if (!name.isEmpty() && !value.isEmpty()) {
            fields.put(name, value);
        }
    }

    private static int nameBytes(byte[] source, int at, int end) {
        if (end - at < Short.BYTES) {
            throw new ProtocolException("Binary header ends within the length of a field name");
        }
        return BinaryHeader.checked("field name", (short) INT16.get(source, at), end - at - Short.BYTES);
    }

    private static int valueBytes(byte[] source, int at, int end, String name) {
        int room = end - at - Integer.BYTES;
        if (room < 0) {
            throw new ProtocolException("Binary header ends within the length of a value of field " + name);
        }
        int bytes = (int) INT32.get(source, at);
        return bytes >= 0 && bytes <= room ? bytes : BinaryHeader.checked("value of field " + name, bytes, room);
    }

    private String text(byte[] source, int start, int end) {
        return texts.byContent(source, start, end - start);
    }

    private static void write(String name, String value, HeaderBytes out) {
        if (value.isEmpty()) {
            return;
        }
        int lengthAt = out.size();
        out.int16(0);
        out.utf8(name);
        int nameBytes = out.size() - lengthAt - Short.BYTES;
        if (nameBytes > Short.MAX_VALUE) {
            throw new ProtocolException("Field name of " + nameBytes + " bytes, expected at most " + Short.MAX_VALUE);
        }
        out.setInt16(lengthAt, nameBytes);
        out.longText(value);
    }
}
