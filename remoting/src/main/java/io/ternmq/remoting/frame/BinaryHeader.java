package io.ternmq.remoting.frame;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The binary form of a header, big-endian:
 *
 * <pre>
 * code     language version  opaque   flag     remark length, remark   fields length, fields
 * 2 bytes  1 byte   2 bytes  4 bytes  4 bytes  4 bytes, UTF-8          4 bytes, entries of {@link BinaryFields}
 * </pre>
 *
 * <p>A text of no bytes means that there is none. Not safe for use by several threads.
 */
final class BinaryHeader {
    private static final int FIXED_BYTES = 21;

    private final RecentTexts texts;
    private final BinaryFields fields;

    BinaryHeader(RecentTexts texts) {
        this.texts = texts;
        this.fields = new BinaryFields(texts);
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
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
        HeaderDraft draft = new HeaderDraft();
        draft.code = in.getShort();
        draft.language = LanguageCode.ofNumber(in.get()).orElse(LanguageCode.OTHER);
        draft.version = in.getShort();
        draft.opaque = in.getInt();
        draft.flag = in.getInt();
        int remarkBytes = checked("remark", in.getInt(), in.remaining() - Integer.BYTES);
        if (remarkBytes > 0) {
            draft.remark = Optional.of(texts.byContent(bytes, in.position(), remarkBytes));
            in.position(in.position() + remarkBytes);
        }
        int fieldsBytes = checked("fields", in.getInt(), in.remaining());
        if (fieldsBytes != in.remaining()) {
            throw new ProtocolException(
                    "Binary header has " + (in.remaining() - fieldsBytes) + " bytes after its fields, expected none");
        }
        draft.fields = fields.read(draft.code, bytes, in.position(), length);
        return draft;
    }

    void write(RemotingCommand command, HeaderBytes out) {
        out.int16(command.code());
        out.int8(command.language().number());
        out.int16(command.version());
        out.int32(command.opaque());
        out.int32(command.flag());
        out.longText(command.remark().orElse(""));
        int lengthAt = out.size();
        out.int32(0);
        fields.write(command.code(), command.fields(), out);
        out.setInt32(lengthAt, out.size() - lengthAt - Integer.BYTES);
    }

    /** Refuses a length that is negative or beyond what is there. */
    static int checked(String what, int bytes, int room) {
        if (bytes < 0 || bytes > room) {
            throw new ProtocolException(
                    "Binary header claims " + bytes + " bytes for its " + what + ", expected 0 to " + room);
        }
        return bytes;
    }
}
