package io.ternmq.remoting.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The JSON form of a header: one object with the members below and, in {@code extFields}, an object of texts. Reads any
 * order of members, ignores unknown ones, and takes numbers and booleans where texts should stand. Writes the members in
 * alphabetical order, as other senders of this protocol do. Not safe for use by several threads.
 */
final class JsonHeader {
    private static final byte[] CODE = ascii("{\"code\":");
    private static final byte[] FIELDS = ascii(",\"extFields\":{");
    private static final byte[] FLAG = ascii(",\"flag\":");
    private static final byte[] LANGUAGE = ascii(",\"language\":\"");
    private static final byte[] OPAQUE = ascii("\",\"opaque\":");
    private static final byte[] REMARK = ascii(",\"remark\":");
    private static final byte[] VERSION = ascii(",\"serializeTypeCurrentRPC\":\"JSON\",\"version\":");
    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final int ESCAPED_CHAR_MAX = 6; // \\u0001
    private static final int PIECE = 256; // units
    private static final int NAME_SLOTS = 128; // a power of two

    private final JsonCursor cursor;
    private HeaderBytes out = new HeaderBytes();
    private final String[] names = new String[NAME_SLOTS];
    private final byte[][] namesBytes = new byte[NAME_SLOTS][];
    private boolean isFirstField;
    private final BiConsumer<String, String> fieldWriter = this::writeField;

    JsonHeader(RecentTexts texts) {
        cursor = new JsonCursor(texts);
    }

    /** @throws ProtocolException if it is not an object, or lacks {@code code} or {@code opaque} */
    HeaderDraft read(byte[] bytes, int length) {
        HeaderDraft draft = new HeaderDraft();
        cursor.reset(bytes, length);
        cursor.expect('{');
        if (!cursor.skipIf('}')) {
            do {
                String member = cursor.text();
                cursor.expect(':');
                readMember(member, draft);
            } while (cursor.skipIf(','));
            cursor.expect('}');
        }
        cursor.expectEnd();
        if (!draft.hasCode || !draft.hasOpaque) {
            throw new ProtocolException("Header lacks the member " + (draft.hasCode ? "opaque" : "code"));
        }
        return draft;
    }

    void write(RemotingCommand command, HeaderBytes target) {
        out = target;
        out.ascii(CODE);
        out.decimal(command.code());
        if (command.fields().count() > 0) {
            out.ascii(FIELDS);
            isFirstField = true;
            command.fields().forEach(fieldWriter);
            out.int8('}');
        }
        out.ascii(FLAG);
        out.decimal(command.flag());
        out.ascii(LANGUAGE);
        out.utf8(command.language().name());
        out.ascii(OPAQUE);
        out.decimal(command.opaque());
        if (command.remark().isPresent()) {
            out.ascii(REMARK);
            writeText(command.remark().get(), out);
        }
        out.ascii(VERSION);
        out.decimal(command.version());
        out.int8('}');
    }

    private void readMember(String member, HeaderDraft draft) {
        switch (member) {
            case "code" -> {
                draft.code = cursor.int32(member);
                draft.hasCode = true;
                cursor.ofCode(draft.code);
            }
            case "opaque" -> {
                draft.opaque = cursor.int32(member);
                draft.hasOpaque = true;
            }
            case "version" -> draft.version = optionalInt32(member);
            case "flag" -> draft.flag = optionalInt32(member);
            case "language" -> draft.language = language();
            case "remark" -> draft.remark = optionalText();
            case "extFields" -> draft.fields = fields();
            default -> cursor.skipValue();
        }
    }

    private int optionalInt32(String member) {
        return cursor.skipNull() ? 0 : cursor.int32(member);
    }

    private LanguageCode language() {
        return optionalText().flatMap(LanguageCode::ofName).orElse(LanguageCode.OTHER);
    }

    private Optional<String> optionalText() {
        if (cursor.peek() == '"') {
            return Optional.of(cursor.text());
        }
        cursor.skipValue();
        return Optional.empty();
    }

    private HeaderFields fields() {
        if (cursor.skipNull()) {
            return HeaderFields.empty();
        }
        HeaderFields.Builder fields = HeaderFields.builder();
        cursor.expect('{');
        if (!cursor.skipIf('}')) {
            do {
                String name = cursor.text();
                cursor.expect(':');
                readField(name, fields);
            } while (cursor.skipIf(','));
            cursor.expect('}');
        }
        return fields.build();
    }

    // Objects and arrays have no meaning here, and null means absent.
    private void readField(String name, HeaderFields.Builder fields) {
        switch (cursor.peek()) {
            case '"' -> fields.put(name, cursor.text());
            case 't', 'f' -> fields.put(name, cursor.bool());
            case 'n', '{', '[' -> cursor.skipValue();
            default -> fields.put(name, cursor.number());
        }
    }

    private void writeField(String name, String value) {
        byte[] before = nameBytes(name);
        out.ascii(before, isFirstField ? 1 : 0);
        isFirstField = false;
        writeText(value, out);
    }

    // ,"name": - written once for all the headers that have a field of that name.
    private byte[] nameBytes(String name) {
        int slot = name.hashCode() & (NAME_SLOTS - 1);
        if (!name.equals(names[slot])) {
            HeaderBytes bytes = new HeaderBytes();
            bytes.int8(',');
            writeText(name, bytes);
            bytes.int8(':');
            namesBytes[slot] = Arrays.copyOf(bytes.array(), bytes.size());
            names[slot] = name;
        }
        return namesBytes[slot];
    }

    private static void writeText(String text, HeaderBytes to) {
        to.int8('"');
        for (int index = 0; index < text.length(); ) {
            index = writePiece(text, index, Math.min(index + PIECE, text.length()), to);
        }
        to.int8('"');
    }

    // Room is made for a piece at a time: for each character would cost more than writing it.
    private static int writePiece(String text, int from, int end, HeaderBytes to) {
        to.reserve((end - from) * ESCAPED_CHAR_MAX);
        int index = to.plain(text, from, end);
        while (index < end) {
            char unit = text.charAt(index);
            if (unit >= 0x80) {
                index += to.beyondAscii(text, index);
            } else if (unit < 0x20) {
                writeControl(unit, to);
            } else {
                to.raw('\\'); // before a quote or a backslash
                to.raw(unit);
            }
            index = to.plain(text, index + 1, end);
        }
        return index; // one beyond the piece if that ends within a surrogate pair
    }

    private static void writeControl(char unit, HeaderBytes to) {
        to.raw('\\');
        to.raw('u');
        to.raw('0');
        to.raw('0');
        to.raw(HEX[unit >> 4]);
        to.raw(HEX[unit & 0xF]);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
