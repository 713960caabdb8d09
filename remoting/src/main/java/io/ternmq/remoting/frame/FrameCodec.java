package io.ternmq.remoting.frame;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reads and writes frames. Owns scratch space for headers, so one serves one thread: an event loop has its own.
 *
 * <pre>
 * byte  0        4                5             8        8 + header length
 *       +--------+----------------+-------------+--------+------+
 *       | total  | serialization  | header      | header | body |   big-endian
 *       |        | 0 JSON, 1 bin. | length      |        |      |
 *       +--------+----------------+-------------+--------+------+
 * total: bytes that follow it
 * </pre>
 */
public final class FrameCodec {
    /** The largest frame that peers of this protocol take by default, its length field included. */
    public static final int FRAME_BYTES_MAX = 16 * 1024 * 1024;

    /**
     * The largest header. Properties of a message, by far its largest part, have 32 767 bytes at most, and six times
     * that when every byte is escaped.
     */
    public static final int HEADER_BYTES_MAX = 1024 * 1024;

    private static final int LENGTH_BYTES = Integer.BYTES;
    private static final int PREFIX_BYTES = 2 * Integer.BYTES;
    private static final int HEADER_LENGTH_MASK = 0xFF_FFFF;
    private static final int SCRATCH_KEPT_MAX = 64 * 1024;

    private final JsonHeader json;
    private final BinaryHeader binary;
    private final HeaderBytes outgoing = new HeaderBytes();
    private byte[] incoming = new byte[1024];

    public FrameCodec() {
        RecentTexts texts = new RecentTexts();
        json = new JsonHeader(texts);
        binary = new BinaryHeader(texts);
    }

    /**
     * Whether a whole frame begins at the reader's index. Looks at lengths as soon as they are there, so that no memory
     * is spent on a frame that will be refused.
     *
     * @param frameBytesMax the largest frame to take, its length field included
     * @throws ProtocolException if what is there cannot become a frame
     */
    public static boolean hasFrame(ByteBuf in, int frameBytesMax) {
        int readable = in.readableBytes();
        if (readable < LENGTH_BYTES) {
            return false;
        }
        int total = in.getInt(in.readerIndex());
        if (total < LENGTH_BYTES || total > frameBytesMax - LENGTH_BYTES) {
            throw new ProtocolException(lengthRefusal(in, total, frameBytesMax));
        }
        if (readable < PREFIX_BYTES) {
            return false;
        }
        int mark = in.getInt(in.readerIndex() + LENGTH_BYTES);
        int serialization = mark >>> 24;
        if (serialization > 1) {
            throw new ProtocolException("Serialization " + serialization + " is not known, expected 0 or 1");
        }
        int headerBytes = mark & HEADER_LENGTH_MASK;
        int headerBytesMax = Math.min(total - LENGTH_BYTES, HEADER_BYTES_MAX);
        if (headerBytes > headerBytesMax) {
            throw new ProtocolException("Frame with a length of " + total + " claims a header of " + headerBytes
                    + " bytes, expected at most " + headerBytesMax);
        }
        return readable >= LENGTH_BYTES + total;
    }

    /**
     * Reads the frame that {@link #hasFrame} found and moves beyond it. The command's body is a view that keeps
     * {@code in} alive until it is released.
     *
     * @throws ProtocolException if the header cannot be read
     */
    public RemotingCommand read(ByteBuf in) {
        int total = in.readInt();
        int mark = in.readInt();
        int headerBytes = mark & HEADER_LENGTH_MASK;
        byte[] header = scratch(headerBytes);
        in.readBytes(header, 0, headerBytes);
        Serialization serialization = mark >>> 24 == 0 ? Serialization.JSON : Serialization.BINARY;
        HeaderDraft draft =
                serialization == Serialization.JSON ? json.read(header, headerBytes) : binary.read(header, headerBytes);
        return draft.finish(serialization, takeBody(in, total - LENGTH_BYTES - headerBytes));
    }

    /**
     * Makes a frame up to its body ready for {@link #putHead}. Codes that the binary form cannot hold go out as JSON.
     *
     * @return the bytes that {@code putHead} will write
     * @throws ProtocolException if the frame would be larger than {@code frameBytesMax}
     */
    public int prepareHead(RemotingCommand command, int frameBytesMax) {
        boolean isBinary = command.serialization() == Serialization.BINARY && BinaryHeader.holds(command);
        outgoing.clear();
        outgoing.skip(PREFIX_BYTES);
        if (isBinary) {
            binary.write(command, outgoing);
        } else {
            json.write(command, outgoing);
        }
        int headerBytes = outgoing.size() - PREFIX_BYTES;
        long frameBytes = (long) PREFIX_BYTES + headerBytes + command.body().size();
        if (frameBytes > frameBytesMax || headerBytes > HEADER_BYTES_MAX) {
            throw new ProtocolException("Frame of " + frameBytes + " bytes with a header of " + headerBytes
                    + " bytes, expected at most " + frameBytesMax + " and " + HEADER_BYTES_MAX);
        }
        outgoing.setInt32(0, (int) frameBytes - LENGTH_BYTES);
        outgoing.setInt32(LENGTH_BYTES, (isBinary ? 1 : 0) << 24 | headerBytes);
        return outgoing.size();
    }

    /** Writes what {@link #prepareHead} made ready last. */
    public void putHead(ByteBuf out) {
        out.writeBytes(outgoing.array(), 0, outgoing.size());
    }

    private static Body takeBody(ByteBuf in, int bodyBytes) {
        if (bodyBytes == 0) {
            return Body.empty();
        }
        ByteBuffer view = in.nioBuffer(in.readerIndex(), bodyBytes);
        in.skipBytes(bodyBytes);
        return Body.leased(List.of(view), in.retain()::release);
    }

    private byte[] scratch(int size) {
        if (size <= incoming.length) {
            return incoming;
        }
        byte[] larger = new byte[size];
        if (size <= SCRATCH_KEPT_MAX) {
            incoming = larger;
        }
        return larger;
    }

    private static String lengthRefusal(ByteBuf in, int total, int frameBytesMax) {
        String range = ", expected " + LENGTH_BYTES + " to " + (frameBytesMax - LENGTH_BYTES);
        int first = in.getUnsignedByte(in.readerIndex());
        if (first == 0x16) {
            return "Peer seems to speak TLS: first byte 0x16, length " + total + range;
        }
        if (first >= 'A' && first <= 'Z') {
            return "Peer seems to speak another protocol such as HTTP: length " + total + range;
        }
        return "Frame length " + total + range;
    }
}
