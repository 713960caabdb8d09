package io.ternmq.client.producer;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.Deflater;

/** Makes bodies smaller with zlib, which every client of this protocol can read. Stateless. */
final class MessageCompressor {
    private static final int LEVEL = 5; // the protocol's default: most of the gain at a third of the best level's time

    private MessageCompressor() {}

    /** The compressed body; empty if that would not be smaller. */
    static Optional<ByteBuffer> compress(byte[] body) {
        Deflater deflater = new Deflater(LEVEL);
        try {
            deflater.setInput(body);
            deflater.finish();
            byte[] target = new byte[body.length]; // a result that does not fit is not smaller
            int length = deflater.deflate(target);
            return deflater.finished() && length < body.length
                    ? Optional.of(ByteBuffer.wrap(target, 0, length))
                    : Optional.empty();
        } finally {
            deflater.end();
        }
    }
}
