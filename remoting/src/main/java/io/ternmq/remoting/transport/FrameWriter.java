package io.ternmq.remoting.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.frame.FrameCodec;
import io.ternmq.remoting.frame.RemotingCommand;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Writes frames to a connection and decides when to flush: what is written while a batch of requests is being read goes
 * out when that batch is done, or once there is so much that the peer had better begin with it meanwhile; anything
 * else after the tasks that the event loop already has. Until then frames are gathered in one buffer, which is all that
 * the channel and the system see of them. Lives on the connection's event loop.
 */
final class FrameWriter {
    // Parts of up to this size on average cost less to copy than to hand to the system one by one (measured over
    // loopback, for 1 to 32 parts: copying takes 15 % less time at 4 KiB a part, 25 % more at 8 KiB).
    private static final int COPIED_PART_MAX = 4 * 1024;

    // As many bytes as are taken together; the bookkeeping of the connection's unsent bytes lags by no more.
    private static final int GATHERED_MAX = 64 * 1024;

    // A peer that has filled its window waits for answers: if it got them all at once, it and we would work by turns.
    // Measured with a window of 256 on two cores: a fifth more messages a second, and about as many with 16 or 64.
    private static final int ROUND_FRAMES_MAX = 32;

    // The same for few answers that are large, such as those to pulls: beside the copying of so many bytes a call to
    // the system costs little. Measured with a consumer of four queues and a million messages of 1 KiB.
    private static final int ROUND_BYTES_MAX = 32 * 1024;

    private final Channel channel;
    private final FrameCodec codec;
    private final int frameBytesMax;
    private final Runnable flushTask = this::flush;
    private ByteBuf gathered = Unpooled.EMPTY_BUFFER; // ours until it is put on the channel
    private int roundBytes; // since the last flush
    private int lastRoundBytes;
    private int roundFrames; // since the last flush
    private long unflushedBytes; // since the last flush, also what is not gathered
    private boolean isReading;
    private boolean isFlushDue;
    private boolean isFlushScheduled;

    FrameWriter(Channel channel, FrameCodec codec, int frameBytesMax) {
        this.channel = channel;
        this.codec = codec;
        this.frameBytesMax = frameBytesMax;
    }

    /**
     * Writes {@code command} and takes its body over: it is released once it is written or cannot be.
     *
     * @throws io.ternmq.remoting.frame.ProtocolException if the frame is too large; the body then is still the caller's
     */
    void write(RemotingCommand command) {
        write(command, channel.voidPromise());
    }

    /** As {@link #write(RemotingCommand)}; {@code written} is completed when the last byte has gone to the system. */
    void write(RemotingCommand command, ChannelPromise written) {
        Body body = command.body();
        int bodyBytes = body.size();
        boolean isCopied = bodyBytes <= COPIED_PART_MAX * body.buffers().size() || isOnHeap(body);
        int headBytes = codec.prepareHead(command, frameBytesMax);
        if (isCopied) {
            ByteBuf room = gather(headBytes + bodyBytes);
            codec.putHead(room);
            copy(body, room);
            if (!written.isVoid()) {
                putGathered(written); // it speaks for this frame, so no later one may join
            }
        } else {
            codec.putHead(gather(headBytes));
            putGathered(channel.voidPromise());
            writeViews(body, written.unvoid());
        }
        flushSoon(headBytes + bodyBytes);
    }

    /** Between this and {@link #readEnded()} writes wait for the flush at the end. */
    void readBegan() {
        isReading = true;
    }

    void readEnded() {
        isReading = false;
        if (isFlushDue) {
            flushNow();
        }
    }

    // A new buffer is made for as much as went out with the flush before: exactly one frame for a lone caller, many for
    // a busy connection.
    private ByteBuf gather(int bytes) {
        if (gathered.writableBytes() < bytes) {
            putGathered(channel.voidPromise());
            gathered = channel.alloc().ioBuffer(Math.max(bytes, Math.min(lastRoundBytes - roundBytes, GATHERED_MAX)));
        }
        roundBytes += bytes;
        return gathered;
    }

    private void putGathered(ChannelPromise written) {
        ByteBuf full = gathered;
        gathered = Unpooled.EMPTY_BUFFER;
        if (full.isReadable() || !written.isVoid()) {
            put(full, written);
        } else {
            full.release();
        }
    }

    /** The connection is gone: what was gathered goes nowhere. */
    void closed() {
        gathered.release();
        gathered = Unpooled.EMPTY_BUFFER;
    }

    private static void copy(Body body, ByteBuf head) {
        List<ByteBuffer> parts = body.buffers();
        for (int index = 0; index < parts.size(); index++) {
            head.writeBytes(parts.get(index).duplicate());
        }
        body.release();
    }

    // Parts are written in order and fail in order, so the last one's promise speaks for all.
    private void writeViews(Body body, ChannelPromise written) {
        written.addListener(done -> body.release());
        List<ByteBuffer> parts = body.buffers();
        int last = parts.size() - 1;
        for (int index = 0; index <= last; index++) {
            ByteBuf view = Unpooled.wrappedBuffer(parts.get(index));
            put(view, index == last ? written : channel.voidPromise());
        }
    }

    private void put(ByteBuf bytes, ChannelPromise written) {
        var unused = channel.write(bytes, written); // the promise itself, which whoever cares listens to
    }

    private void flushSoon(int frameBytes) {
        isFlushDue = true;
        roundFrames++;
        unflushedBytes += frameBytes;
        boolean isMuch = roundFrames >= ROUND_FRAMES_MAX || (isReading && unflushedBytes >= ROUND_BYTES_MAX);
        // What cannot be written stops the reading until it has gone, so nothing could join it.
        if (isMuch || !channel.isWritable()) {
            flushNow();
        } else if (!isReading && !isFlushScheduled) {
            isFlushScheduled = true;
            channel.eventLoop().execute(flushTask);
        }
    }

    private void flush() {
        isFlushScheduled = false;
        if (isFlushDue) {
            flushNow();
        }
    }

    private void flushNow() {
        isFlushDue = false;
        roundFrames = 0;
        unflushedBytes = 0;
        lastRoundBytes = roundBytes;
        roundBytes = 0;
        putGathered(channel.voidPromise());
        channel.flush();
    }

    // Netty copies such bytes into direct memory in any case; better once, into the head's buffer.
    private static boolean isOnHeap(Body body) {
        for (ByteBuffer part : body.buffers()) {
            if (part.isDirect()) {
                return false;
            }
        }
        return true;
    }
}
