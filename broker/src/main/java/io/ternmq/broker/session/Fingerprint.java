package io.ternmq.broker.session;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Tells whether a client's heartbeat is, byte for byte, the one before. Two checksums of different polynomials over the
 * same bytes: a change that keeps both happens once in 2^64, and whoever arranges one deceives nobody but itself.
 * Stateless.
 */
final class Fingerprint {
    /** Of no heartbeat. */
    static final long NONE = 0;

    private Fingerprint() {}

    /** Of the bytes from position to limit, which stay as they are. */
    static long of(ByteBuffer bytes) {
        CRC32 one = new CRC32();
        one.update(bytes.duplicate());
        CRC32C other = new CRC32C();
        other.update(bytes.duplicate());
        return one.getValue() << Integer.SIZE | other.getValue();
    }
}
