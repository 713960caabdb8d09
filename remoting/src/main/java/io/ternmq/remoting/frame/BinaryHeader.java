package io.ternmq.remoting.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The binary form of a header, big-endian:
 *
 * <pre>
 * code     language version  opaque   flag     remark length, remark   fields length, fields
 * 2 bytes  1 byte   2 bytes  4 bytes  4 bytes  4 bytes, UTF-8          4 bytes, entries
 *
 * entry: name length (2 bytes), name, value length (4 bytes), value
 * </pre>
 *
 * <p>A text of no bytes means that there is none. Not safe for use by several threads.
 */
final class BinaryHeader {
    private static final int FIXED_BYTES = 21;

    private final RecentTexts texts;
    private byte[] source = new byte[0];
    private HeaderBytes out = new HeaderBytes();
    private final BiConsumer<String, String> fieldWriter = this::writeField;

    BinaryHeader(RecentTexts texts) {
        this.texts = texts;
    }

    /** Whether the numbers fit; codes of the pop family do not. */
    static boolean holds(RemotingCommand command) {
        return command.code() == (short) command.code() && command.version() == (short) command.version();
    }

    /** @throws ProtocolException if a length points beyond the header */
    HeaderDraft read(byte[] bytes, int length) {
        if (length < FIXED_BYTES) {
            throw new ProtocolException("Binary header of " + length + " bytes, expected at least " + FIXED_BYTES);
        }
        source = bytes;
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
        HeaderDraft draft = new HeaderDraft();
        draft.code = in.getShort();
        texts.ofCode(draft.code);
        draft.language = LanguageCode.ofNumber(in.get()).orElse(LanguageCode.OTHER);
        draft.version = in.getShort();
        draft.opaque = in.getInt();
        draft.flag = in.getInt();
        int remarkBytes = checked("remark", in.getInt(), in.remaining() - Integer.BYTES);
        draft.remark = remarkBytes == 0 ? Optional.empty() : Optional.of(text(in, remarkBytes));
        int fieldsBytes = checked("fields", in.getInt(), in.remaining());
        if (fieldsBytes != in.remaining()) {
            throw new ProtocolException(
                    "Binary header has " + (in.remaining() - fieldsBytes) + " bytes after its fields, expected none");
        }
        draft.fields = fields(in);
        return draft;
    }

    void write(RemotingCommand command, HeaderBytes target) {
        out = target;
        out.int16(command.code());
        out.int8(command.language().number());
        out.int16(command.version());
        out.int32(command.opaque());
        out.int32(command.flag());
        writeLongText(command.remark().orElse(""));
        int lengthAt = out.size();
        out.int32(0);
        command.fields().forEach(fieldWriter);
        out.setInt32(lengthAt, out.size() - lengthAt - Integer.BYTES);
    }

    private HeaderFields fields(ByteBuffer in) {
        if (!in.hasRemaining()) {
            return HeaderFields.empty();
        }
        HeaderFields.Builder fields = HeaderFields.builder();
        while (in.hasRemaining()) {
            String name = text(in, lengthOf("field name", in, Short.BYTES));
            String value = text(in, lengthOf("value of field " + name, in, Integer.BYTES));
            if (!name.isEmpty() && !value.isEmpty()) {
                fields.put(name, value);
            }
        }
        return fields.build();
    }

    private static int lengthOf(String what, ByteBuffer in, int lengthBytes) {
        if (in.remaining() < lengthBytes) {
            throw new ProtocolException("Binary header ends within the length of a " + what);
        }
        return checked(what, lengthBytes == Short.BYTES ? in.getShort() : in.getInt(), in.remaining());
    }

    private static int checked(String what, int bytes, int room) {
        if (bytes < 0 || bytes > room) {
            throw new ProtocolException(
                    "Binary header claims " + bytes + " bytes for its " + what + ", expected 0 to " + room);
        }
        return bytes;
    }

    private String text(ByteBuffer in, int length) {
        byte[] bytes = source;
        int start = in.position();
        in.position(start + length);
        if (texts.remembered(bytes, start, start + length) == length) {
            return texts.recall();
        }
        for (int index = start; index < start + length; index++) {
            if (bytes[index] < 0) {
                texts.pass();
                return new String(bytes, start, length, StandardCharsets.UTF_8);
            }
        }
        return texts.ascii(bytes, start, length);
    }

    // A name too long for its length field cannot be sent; no request of this protocol has one.
    private void writeField(String name, String value) {
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
        writeLongText(value);
    }

    private void writeLongText(String text) {
        int lengthAt = out.size();
        out.int32(0);
        out.utf8(text);
        out.setInt32(lengthAt, out.size() - lengthAt - Integer.BYTES);
    }
}
