package io.ternmq.common.message;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The id that a broker gives a message: where it lies. As text, the upper-case hex digits of address (4 or 16 bytes),
 * port (4) and position (8).
 *
 * @param storeHost the broker
 * @param position of the record in its commit log, in bytes
 */
public record MessageId(InetSocketAddress storeHost, long position) {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int V4_BYTES = 4 + Integer.BYTES + Long.BYTES;
    private static final int V6_BYTES = 16 + Integer.BYTES + Long.BYTES;

    /** Reads an id; empty if {@code text} is none. */
    public static Optional<MessageId> parse(String text) {
        if (text.length() != 2 * V4_BYTES && text.length() != 2 * V6_BYTES) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(HEX.parseHex(text));
            byte[] address = new byte[bytes.capacity() - Integer.BYTES - Long.BYTES];
            bytes.get(address);
            InetSocketAddress host = new InetSocketAddress(InetAddress.getByAddress(address), bytes.getInt());
            return Optional.of(new MessageId(host, bytes.getLong()));
        } catch (IllegalArgumentException | UnknownHostException e) {
            return Optional.empty(); // not hex digits, or no port: somebody else's text
        }
    }

    /** The id's text. */
    public static String format(InetSocketAddress storeHost, long position) {
        byte[] address = storeHost.getAddress().getAddress();
        ByteBuffer bytes = ByteBuffer.allocate(address.length + Integer.BYTES + Long.BYTES);
        bytes.put(address).putInt(storeHost.getPort()).putLong(position);
        return HEX.formatHex(bytes.array());
    }

    @Override
    public String toString() {
        return format(storeHost, position);
    }
}
