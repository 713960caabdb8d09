package io.ternmq.common.message;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A host in stored form: address and port, 8 or 20 bytes. Immutable; worth keeping, since looks at an address copy it. */
public final class StoredHost {
    private final InetSocketAddress host;
    private final boolean isV6;
    private final byte[] address;
    private final long v4; // address and port in one, which one store writes

    private StoredHost(InetSocketAddress host, InetAddress address) {
        this.host = host;
        this.isV6 = address instanceof Inet6Address;
        this.address = address.getAddress();
        this.v4 = isV6
                ? 0
                : (long) ByteBuffer.wrap(this.address).getInt() << Integer.SIZE
                        | Integer.toUnsignedLong(host.getPort());
    }

    /**
     * Makes the stored form of a host.
     *
     * @throws IllegalArgumentException if it is not resolved
     */
    public static StoredHost of(InetSocketAddress host) {
        InetAddress address = host.getAddress();
        if (address == null) {
            throw new IllegalArgumentException("host " + host + " is not resolved: expected an address");
        }
        return new StoredHost(host, address);
    }

    /** Whether it is the stored form of this one. */
    public boolean isOf(InetSocketAddress other) {
        return host.equals(other);
    }

    boolean isV6() {
        return isV6;
    }

    int bytes() {
        return isV6 ? MessageRecord.HOST_V6_BYTES : MessageRecord.HOST_V4_BYTES;
    }

    /** Writes it. Returns the index behind it. */
    int put(ByteBuffer target, int index) {
        if (isV6) {
            target.put(index, address);
            target.putInt(index + address.length, host.getPort());
        } else {
            target.putLong(index, v4);
        }
        return index + bytes();
    }
}
