package io.ternmq.remoting.testing;

import io.ternmq.remoting.frame.Frames;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.frame.RemotingCommand;
import io.ternmq.remoting.protocol.Rpc;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A peer that writes what it is told and reads what comes, for what a well-behaved client would never do. */
public final class RawPeer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 5000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    public RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    public static RawPeer connect(int port) throws IOException {
        return new RawPeer(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** A peer whose system takes only a few kilobytes before it is read. */
    public static RawPeer connectNarrow(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        return new RawPeer(socket);
    }

    public void send(byte... bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    public void send(RemotingCommand command) throws IOException {
        send(Frames.write(command));
    }

    public <Q> void ask(Rpc<Q, ?> rpc, int opaque, Q question) throws IOException {
        send(request(rpc, opaque, question));
    }

    public static <Q> RemotingCommand request(Rpc<Q, ?> rpc, int opaque, Q question) {
        return RemotingCommand.request(rpc.code(), opaque, false, rpc.request().encode(question));
    }

    public static <Q> RemotingCommand oneWay(Rpc<Q, ?> rpc, int opaque, Q question) {
        return RemotingCommand.request(rpc.code(), opaque, true, rpc.request().encode(question));
    }

    /** Answers {@code request} with success and nothing else. */
    public void answer(RemotingCommand request, int code) throws IOException {
        send(request.answer(code, Optional.empty(), Payload.empty()));
    }

    /** The next frame; fails after five seconds. */
    public RemotingCommand read() throws IOException {
        int total = in.readInt();
        byte[] frame = new byte[Integer.BYTES + total];
        ByteBuffer.wrap(frame).putInt(total);
        in.readFully(frame, Integer.BYTES, total);
        return Frames.read(frame);
    }

    /** Waits until the other side closes; whether it did so within five seconds, having sent nothing more. */
    public boolean isClosedByPeer() throws IOException {
        try {
            return in.read() < 0;
        } catch (EOFException | SocketException e) {
            return true; // reset
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** Whether nothing comes for as long as given. */
    public boolean isSilentFor(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            int next = in.read();
            throw new IOException(next < 0 ? "closed" : "byte " + next + " came");
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
