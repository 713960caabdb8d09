package io.ternmq.remoting.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Frames as bytes, for tests: made by hand, read, and written. */
public final class Frames {
    private static final int PREFIX_BYTES = 8;

    private Frames() {}

    public static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    /** A frame with a JSON header as given and a body. */
    public static byte[] json(String header, byte... body) {
        return frame(0, header.getBytes(StandardCharsets.UTF_8), body);
    }

    /** A frame with true lengths. */
    public static byte[] frame(int serialization, byte[] header, byte... body) {
        return ByteBuffer.allocate(PREFIX_BYTES + header.length + body.length)
                .putInt(Integer.BYTES + header.length + body.length)
                .putInt(serialization << 24 | header.length)
                .put(header)
                .put(body)
                .array();
    }

    /** Reads one frame that must be whole; the command's body is a copy. */
    public static RemotingCommand read(byte[] frame) {
        ByteBuf in = Unpooled.wrappedBuffer(frame);
        if (!FrameCodec.hasFrame(in, FrameCodec.FRAME_BYTES_MAX)) {
            throw new AssertionError("not a whole frame: " + HexFormat.of().formatHex(frame));
        }
        RemotingCommand command = new FrameCodec().read(in);
        Body copy = Body.of(command.body().toBytes());
        command.body().release();
        return new RemotingCommand(
                command.serialization(),
                command.code(),
                command.language(),
                command.version(),
                command.opaque(),
                command.flag(),
                command.remark(),
                command.fields(),
                copy);
    }

    /** Writes a whole frame. */
    public static byte[] write(RemotingCommand command) {
        FrameCodec codec = new FrameCodec();
        ByteBuf head = UnpooledByteBufAllocator.DEFAULT.buffer(codec.prepareHead(command, FrameCodec.FRAME_BYTES_MAX));
        codec.putHead(head);
        try {
            return ByteBufUtil.getBytes(head.writeBytes(command.body().toBytes()));
        } finally {
            head.release();
        }
    }
}
