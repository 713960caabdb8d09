package io.ternmq.benchmark.scale;

import io.ternmq.benchmark.scale.Point.Queue;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.time.Clock;
import io.ternmq.remoting.client.ClientConfig;
import io.ternmq.remoting.client.HostResolver;
import io.ternmq.remoting.client.RemotingClient;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.send.SendRequest;
import io.ternmq.remoting.protocol.send.SendRpcs;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.transport.EventLoops;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends to the queues in turn, over the connections in turn, with as many sends under way as the window holds. Owns the
 * connections and the one thread that serves them, so that the load itself grows as little as can be. Used by one thread.
 */
final class SendStream implements AutoCloseable {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private final EventLoops loops = new EventLoops("scale", 1);
    private final List<RemotingClient> connections = new ArrayList<>();
    private final String address;
    private final List<Queue> queues;
    private final int window;
    private final Semaphore free;
    private final byte[] body;
    private final AtomicReference<String> failure =
            new AtomicReference<>(); // set by the event loop, read by the sender
    private long sent;

    /** Opens no connection yet: each is made by its first send. */
    SendStream(String address, Point point, int window, byte[] body) {
        this.address = address;
        this.queues = point.queues();
        this.window = window;
        this.free = new Semaphore(window);
        this.body = body;
        for (int i = 0; i < point.connections(); i++) {
            connections.add(new RemotingClient(
                    ClientConfig.defaults(), RequestRouter.none(), loops, Clock.system(), HostResolver.system()));
        }
    }

    /**
     * Sends on every connection and to every queue at least once, and returns when all are answered.
     *
     * @throws IllegalStateException if a send failed
     */
    void open() throws InterruptedException {
        send(Math.max(connections.size(), queues.size()));
    }

    /**
     * Sends so many, and returns when all are answered.
     *
     * @throws IllegalStateException if a send failed
     */
    void send(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            sendOne();
        }
        awaitAnswers();
    }

    /**
     * Sends for a while, and returns when all are answered.
     *
     * @return how many were sent
     * @throws IllegalStateException if a send failed
     */
    long sendFor(Duration time) throws InterruptedException {
        long before = sent;
        long deadline = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - deadline < 0) {
            sendOne();
        }
        awaitAnswers();
        return sent - before;
    }

    private void sendOne() throws InterruptedException {
        acquire(1);
        RemotingClient connection = connections.get((int) (sent % connections.size()));
        Queue queue = queues.get((int) (sent % queues.size()));
        var unused = connection
                .call(address, SendRpcs.SEND_MESSAGE_V2, request(queue), ANSWER_LIMIT)
                .whenComplete(this::answered);
        sent++;
    }

    private SendRequest request(Queue queue) {
        String properties = MessageProperties.UNIQUE_KEY
                + MessageProperties.NAME_VALUE_SEPARATOR
                + String.format("%032X", sent)
                + MessageProperties.PROPERTY_SEPARATOR;
        return new SendRequest(
                "ScaleProducers",
                queue.topic(),
                "TBW102",
                Point.USUAL_QUEUES,
                queue.id(),
                0,
                Clock.system().wallMillis(),
                0,
                properties,
                0,
                false,
                OptionalInt.empty(),
                false,
                Optional.empty(),
                ByteBuffer.wrap(body));
    }

    private void answered(Reply reply, Throwable cause) {
        if (cause != null) {
            failure.compareAndSet(null, cause.toString());
        } else if (!reply.isSuccess()) {
            failure.compareAndSet(
                    null,
                    "answered with code " + reply.code() + ": " + reply.remark().orElse(""));
        }
        free.release();
    }

    private void awaitAnswers() throws InterruptedException {
        acquire(window);
        free.release(window);
    }

    private void acquire(int permits) throws InterruptedException {
        if (!free.tryAcquire(permits, 2 * ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("sends to " + address + " neither answered nor failed in time");
        }
        if (failure.get() != null) {
            throw new IllegalStateException("a send to " + address + " failed: " + failure.get());
        }
    }

    @Override
    public void close() {
        connections.forEach(RemotingClient::close);
        loops.close();
    }
}
