package io.ternmq.common.json;

/** Reads a text that holds escapes, from the first of them on. Lives for one text. */
final class JsonEscapes {
    private static final int HEX = 16;

    private final JsonScanner scanner;
    private final StringBuilder text = new StringBuilder();

    JsonEscapes(JsonScanner scanner) {
        this.scanner = scanner;
    }

    /**
     * @param begin first byte after the opening quote
     * @param quote what closes the text
     * @param opened where the text began, for the error
     */
    String text(int begin, int quote, int opened) {
        int from = begin;
        while (scanner.seekEscapeOr(quote)) {
            text.append(scanner.utf8(from, scanner.mark()));
            if (scanner.readByte() == quote) {
                return text.toString();
            }
            text.append(escaped());
            from = scanner.mark();
        }
        throw scanner.unended(opened);
    }

    private char escaped() {
        int unit = scanner.readByte();
        return switch (unit) {
            case '"', '\'', '\\', '/' -> (char) unit;
            case 'b' -> '\b';
            case 'f', 'F' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> '\u000B';
            case '0', '1', '2', '3', '4', '5', '6', '7' -> (char) (unit - '0');
            case 'u' -> hex(4);
            case 'x' -> hex(2);
            default -> throw scanner.unexpected("the rest of an escape");
        };
    }

    private char hex(int digits) {
        int value = 0;
        for (int index = 0; index < digits; index++) {
            int digit = Character.digit(scanner.readByte(), HEX);
            if (digit < 0) {
                throw scanner.unexpected(digits + " hexadecimal digits in an escape");
            }
            value = value * HEX + digit;
        }
        return (char) value;
    }
}
