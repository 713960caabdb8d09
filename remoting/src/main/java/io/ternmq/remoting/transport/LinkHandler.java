package io.ternmq.remoting.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.ternmq.remoting.frame.FrameCodec;
import io.ternmq.remoting.frame.ProtocolException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipeline's only handler: cuts what is read into frames and hands them to its link one by one, for as long as the
 * link takes them. Sole owner of the bytes read and not yet handed on. A frame that cannot be one ends the connection.
 */
final class LinkHandler extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(LinkHandler.class);

    private final Link link;
    private final FrameCodec codec;
    private final LinkLimits limits;
    private ByteBuf unread = Unpooled.EMPTY_BUFFER;
    private QuietWatch quiet;

    LinkHandler(Link link, FrameCodec codec, LinkLimits limits) {
        this.link = link;
        this.codec = codec;
        this.limits = limits;
    }

    /** Goes on with what had been read when the link would take no more. */
    void resume() {
        link.readBegan();
        try {
            handOn();
        } finally {
            link.readEnded();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        quiet = new QuietWatch(context.channel(), limits.idleMax(), link::close);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        quiet.moved();
        link.readBegan();
        unread = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), unread, bytes);
        handOn();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        link.readEnded();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        link.clogged(!context.channel().isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        quiet.stop();
        unread.release();
        unread = Unpooled.EMPTY_BUFFER;
        link.closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            log.debug("Connection failed. peer={} cause={}", link.id(), cause.toString());
        } else {
            log.warn("Connection closed after a failure of ours. peer={}", link.id(), cause);
        }
        link.close();
    }

    private void handOn() {
        try {
            while (link.isReadable() && FrameCodec.hasFrame(unread, limits.frameBytesMax())) {
                link.received(codec.read(unread));
            }
        } catch (ProtocolException e) {
            log.debug("Closing connection after a broken frame. peer={} cause={}", link.id(), e.getMessage());
            unread.skipBytes(unread.readableBytes());
            link.close();
        }
        if (!unread.isReadable()) {
            unread.release();
            unread = Unpooled.EMPTY_BUFFER;
        }
    }
}
