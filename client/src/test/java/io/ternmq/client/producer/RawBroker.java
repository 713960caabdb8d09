package io.ternmq.client.producer;

import io.ternmq.remoting.frame.Frames;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.frame.RemotingCommand;
import io.ternmq.remoting.protocol.RequestCode;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.send.SendAnswer;
import io.ternmq.remoting.protocol.send.SendRequest;
import io.ternmq.remoting.protocol.send.SendRpcs;
import io.ternmq.remoting.testing.RawPeer;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A broker that reads real frames from real sockets and writes what its script wants, byte by byte: what no well-behaved
 * server would. Owns its sockets and a thread for each connection.
 */
final class RawBroker implements AutoCloseable {
    private final ServerSocket listener;
    private final Script script;
    private final List<SendRequest> sends = new CopyOnWriteArrayList<>();
    private final List<RawPeer> peers = new CopyOnWriteArrayList<>();

    /** What to do about one send. */
    @FunctionalInterface
    interface Script {
        void onSend(RawPeer peer, RemotingCommand request) throws IOException;
    }

    RawBroker(Script script) throws IOException {
        this.script = script;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        begin("raw-broker", this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** All sends so far, in order. */
    List<SendRequest> sends() {
        return List.copyOf(sends);
    }

    static void answer(RawPeer peer, RemotingCommand request, int code) throws IOException {
        peer.send(answerTo(request, code));
    }

    static void answerHalf(RawPeer peer, RemotingCommand request) throws IOException {
        byte[] frame = Frames.write(answerTo(request, ResponseCode.SUCCESS));
        peer.send(Arrays.copyOf(frame, frame.length / 2));
    }

    /** Answers a question that nobody asked. */
    static void answerOther(RawPeer peer, RemotingCommand request) throws IOException {
        RemotingCommand never =
                RemotingCommand.request(request.code(), request.opaque() + 1_000_000, false, Payload.empty());
        peer.send(answerTo(never, ResponseCode.SUCCESS));
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (RawPeer peer : peers) {
            peer.close();
        }
    }

    private static RemotingCommand answerTo(RemotingCommand request, int code) {
        SendAnswer stored = SendAnswer.stored("offsetId", 0, 0, "tx", "region", true);
        return request.answer(
                code,
                Optional.of("said by the script"),
                SendRpcs.SEND_MESSAGE_V2.response().encode(stored));
    }

    private void accept() throws IOException {
        while (true) {
            Socket socket = listener.accept();
            begin("raw-broker-peer", () -> serve(socket));
        }
    }

    private void serve(Socket socket) throws IOException {
        try (RawPeer peer = new RawPeer(socket)) {
            peers.add(peer);
            while (true) {
                RemotingCommand request;
                try {
                    request = peer.read();
                } catch (SocketTimeoutException e) {
                    continue; // nothing asked for a while
                }
                if (request.code() == RequestCode.SEND_MESSAGE_V2) {
                    sends.add(SendRpcs.SEND_MESSAGE_V2
                            .request()
                            .decode(request.fields(), request.body().joined()));
                    script.onSend(peer, request);
                } else {
                    peer.answer(request, ResponseCode.SUCCESS);
                }
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void begin(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (EOFException | SocketException e) {
                        // The other side, or the test, closed it.
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}
