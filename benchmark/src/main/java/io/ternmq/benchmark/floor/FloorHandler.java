package io.ternmq.benchmark.floor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Answers the requests of one connection, in their order, with one write for all that came in one read. Owns the answers not
 * yet written. On the connection's event loop.
 */
final class FloorHandler extends ByteToMessageDecoder {
    private static final int FRAME_BYTES_MAX = 16 * 1024 * 1024;
    private static final int LENGTHS_BYTES = 2 * Integer.BYTES;
    private static final int HEADER_BYTES_MASK = 0xff_ffff;
    private static final int BINARY = 1; // in the topmost byte of the header's length; JSON is 0
    private static final int BINARY_OPAQUE = 5; // after code, language and version
    private static final byte[] CODE = "{\"code\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OPAQUE = "\"opaque\":".getBytes(StandardCharsets.US_ASCII);

    private final CannedAnswer route;
    private ByteBuf unwritten = Unpooled.EMPTY_BUFFER;

    /** @param route leads to where this server listens */
    FloorHandler(CannedAnswer route) {
        this.route = route;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> none) {
        if (in.readableBytes() < LENGTHS_BYTES) {
            return;
        }
        int start = in.readerIndex();
        int frameBytes = in.getInt(start);
        int headerBytes = in.getInt(start + Integer.BYTES) & HEADER_BYTES_MASK;
        if (frameBytes > FRAME_BYTES_MAX || headerBytes > frameBytes - Integer.BYTES) {
            throw new CorruptedFrameException("frame of " + frameBytes + " bytes, header of " + headerBytes);
        }
        if (in.readableBytes() < Integer.BYTES + frameBytes) {
            return;
        }
        if (unwritten.capacity() == 0) {
            unwritten = context.alloc().directBuffer();
        }
        int header = start + LENGTHS_BYTES;
        if (in.getByte(start + Integer.BYTES) == BINARY) {
            answerBinary(in, header);
        } else {
            answerJson(in, header, header + headerBytes);
        }
        in.readerIndex(start + Integer.BYTES + frameBytes);
    }

    private void answerBinary(ByteBuf in, int header) {
        String opaque = Integer.toString(in.getInt(header + BINARY_OPAQUE));
        ByteBuf digits = Unpooled.copiedBuffer(opaque, StandardCharsets.US_ASCII);
        answer(in.getShort(header)).writeTo(unwritten, digits, 0, digits.readableBytes());
    }

    // Clients write the members in alphabetical order: the code comes first, and the opaque soon before the end.
    private void answerJson(ByteBuf in, int header, int end) {
        if (!holds(in, header, CODE)) {
            throw new CorruptedFrameException("a header that does not begin with its code");
        }
        int code = 0;
        for (int index = header + CODE.length; isDigit(in.getByte(index)); index++) {
            code = code * 10 + in.getByte(index) - '0';
        }
        int key = end - OPAQUE.length;
        while (!holds(in, key, OPAQUE)) {
            key--;
            if (key < header) {
                throw new CorruptedFrameException("a header without an opaque");
            }
        }
        int from = key + OPAQUE.length;
        int to = from;
        while (to < end && isDigit(in.getByte(to))) {
            to++;
        }
        answer(code).writeTo(unwritten, in, from, to - from);
    }

    private static boolean holds(ByteBuf in, int index, byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (in.getByte(index + i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private CannedAnswer answer(int code) {
        return switch (code) {
            case 10, 310, 320 -> CannedAnswer.STORED;
            case 34, 35 -> CannedAnswer.DONE;
            case 105 -> route;
            default -> CannedAnswer.UNKNOWN_CODE;
        };
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        if (unwritten.isReadable()) {
            var unused = context.writeAndFlush(unwritten);
            unwritten = Unpooled.EMPTY_BUFFER;
        }
        super.channelReadComplete(context);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        unwritten.release();
        unwritten = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        System.err.println("closing " + context.channel() + ": " + cause);
        var unused = context.close();
    }
}
