package io.ternmq.common.message;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the {@link MessageId}s of one broker, of which each begins alike. Immutable; any thread. */
public final class MessageIdWriter {
    private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final int POSITION_DIGITS = 2 * Long.BYTES;
    private static final int DIGIT_BITS = 4;

    private final byte[] first; // the id of position 0

    /** @param storeHost the broker as its ids name it; resolved */
    public MessageIdWriter(InetSocketAddress storeHost) {
        first = MessageId.format(storeHost, 0).getBytes(StandardCharsets.US_ASCII);
    }

    /** The id of the record at a position of this broker's log. */
    public String idAt(long position) {
        byte[] text = Arrays.copyOf(first, first.length);
        long rest = position;
        for (int index = text.length - 1; rest != 0 && index >= text.length - POSITION_DIGITS; index--) {
            text[index] = DIGITS[(int) rest & DIGITS.length - 1];
            rest >>>= DIGIT_BITS;
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
