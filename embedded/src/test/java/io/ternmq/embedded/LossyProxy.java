package io.ternmq.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a broker, and closes the connection in place of the next answer when a test says so: the
 * broker has done what it was asked, and the client does not hear it. Owns its sockets and two threads for each connection.
 */
final class LossyProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger toLose = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile int brokerPort; // set by the test, read by each new connection
    private volatile CountDownLatch gate = new CountDownLatch(0); // new connections wait here

    LossyProxy(int brokerPort) throws IOException {
        this.brokerPort = brokerPort;
        begin(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The next answers to come are lost, with their connections. */
    void lose(int answers) {
        toLose.set(answers);
    }

    int lost() {
        return lost.get();
    }

    /** New connections wait until {@link #open}. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    /** Connections that wait, and new ones, go to a broker at this port. */
    void open(int port) {
        brokerPort = port;
        gate.countDown();
    }

    @Override
    public void close() throws IOException {
        gate.countDown();
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            sockets.add(client);
            begin(() -> join(client));
        }
    }

    private void join(Socket client) throws IOException {
        try (client) {
            gate.await();
            try (Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort)) {
                sockets.add(broker);
                begin(() -> {
                    try (client;
                            broker) {
                        client.getInputStream().transferTo(broker.getOutputStream());
                    }
                });
                answer(broker.getInputStream(), client.getOutputStream());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(InputStream fromBroker, OutputStream toClient) throws IOException {
        byte[] bytes = new byte[BUFFER_BYTES];
        for (int count = fromBroker.read(bytes); count >= 0; count = fromBroker.read(bytes)) {
            if (toLose.get() > 0 && toLose.getAndDecrement() > 0) {
                lost.incrementAndGet();
                return;
            }
            toClient.write(bytes, 0, count);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void begin(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (SocketException e) {
                        // One of the sides, or the test, closed it.
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "lossy-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
