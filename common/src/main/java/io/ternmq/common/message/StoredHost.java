package io.ternmq.common.message;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A host in stored form: address and port. Owns these bytes until it becomes another host, since many messages in a row
 * name the same one and each look at an address copies it. Used by one thread at a time.
 */
final class StoredHost {
    private InetSocketAddress host; // null at first
    private byte[] bytes = new byte[0];
    private boolean isV6;

    /**
     * From now on is that host.
     *
     * @throws IllegalArgumentException if it is not resolved
     */
    void become(InetSocketAddress next) {
        if (next.equals(host)) {
            return;
        }
        InetAddress address = next.getAddress();
        if (address == null) {
            throw new IllegalArgumentException("host " + next + " is not resolved: expected an address");
        }
        byte[] addressBytes = address.getAddress();
        bytes = ByteBuffer.allocate(addressBytes.length + Integer.BYTES)
                .put(addressBytes)
                .putInt(next.getPort())
                .array();
        isV6 = address instanceof Inet6Address;
        host = next;
    }

    boolean isV6() {
        return isV6;
    }

    /** Writes it. Returns the index behind it. */
    int put(ByteBuffer target, int index) {
        target.put(index, bytes);
        return index + bytes.length;
    }
}
