package io.ternmq.client.consumer.pulling;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Makes compressed bodies readable again. Stateless. */
final class BodyInflater {
    /** Longest body that is inflated: far above what brokers take, far below what fills the memory. */
    static final int BODY_BYTES_MAX = 64 * 1024 * 1024;

    private static final int FIRST_GUESS = 4;

    private BodyInflater() {}

    /** The body of a zlib stream; empty if it is none, or too long. */
    static Optional<byte[]> inflate(ByteBuffer compressed) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(compressed);
            byte[] target = new byte[Math.min(BODY_BYTES_MAX, Math.max(64, compressed.remaining() * FIRST_GUESS))];
            int length = 0;
            while (!inflater.finished()) {
                if (length == target.length) {
                    if (length == BODY_BYTES_MAX) {
                        return Optional.empty();
                    }
                    target = Arrays.copyOf(target, Math.min(BODY_BYTES_MAX, length * 2));
                }
                int read = inflater.inflate(target, length, target.length - length);
                if (read == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    return Optional.empty();
                }
                length += read;
            }
            return Optional.of(Arrays.copyOf(target, length));
        } catch (DataFormatException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }
}
