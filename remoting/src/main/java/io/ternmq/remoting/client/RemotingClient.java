package io.ternmq.remoting.client;

import io.ternmq.common.time.Clock;
import io.ternmq.common.work.BoundedPool;
import io.ternmq.remoting.client.ClientCall.ClientRooms;
import io.ternmq.remoting.protocol.RemotingConnectException;
import io.ternmq.remoting.protocol.RemotingTooMuchRequestException;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.transport.EventLoops;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Asks servers. Owns one connection per address, opened on demand and shared by all callers and by what the server asks
 * in turn. Methods may be called by any thread and return at once; {@link #close} waits a bounded time.
 */
public final class RemotingClient implements AutoCloseable {
    private static final int RESOLVING_MAX = 1024;
    private static final Duration TIMEOUT_MAX = Duration.ofDays(1); // more counts as a day
    /** Addresses remembered before those not in use are forgotten. */
    private static final int DESTINATIONS_TIDY = 1024;

    private final ClientConfig config;
    private final ClientRooms rooms;
    private final Runnable closeLoops;
    private final Clock clock;
    private final BoundedPool resolving = new BoundedPool("net-resolver", 1, RESOLVING_MAX);
    private final Dialer dialer;
    private final ConcurrentMap<String, Destination> destinations = new ConcurrentHashMap<>();
    private final InFlight inFlight;
    private volatile boolean isClosed; // set once by whoever closes, read by callers

    /**
     * A client with network threads of its own.
     *
     * @param inbound takes the requests that servers send on our connections
     */
    public RemotingClient(ClientConfig config, RequestRouter inbound) {
        this(config, inbound, new EventLoops(), true, Clock.system(), HostResolver.system());
    }

    /** A client with network threads that the caller shares out and closes later. */
    public RemotingClient(
            ClientConfig config, RequestRouter inbound, EventLoops shared, Clock clock, HostResolver resolver) {
        this(config, inbound, shared, false, clock, resolver);
    }

    private RemotingClient(
            ClientConfig config,
            RequestRouter inbound,
            EventLoops loops,
            boolean ownsLoops,
            Clock clock,
            HostResolver resolver) {
        this.config = config;
        this.closeLoops = ownsLoops ? loops::close : () -> {};
        this.clock = clock;
        this.inFlight = new InFlight(config.inFlightMax());
        this.rooms = new ClientRooms(loops, clock, inFlight);
        this.dialer = new Dialer(config, loops, resolver, resolving, inbound, clock);
    }

    /**
     * Asks the server at {@code address}. Any answer is a {@link Reply}, whatever its code.
     *
     * @param address {@code host:port}
     * @param timeout for all of it, connecting included
     * @return completes on an event loop: do not block in what follows on it. Fails with a
     *     {@link io.ternmq.remoting.protocol.RemotingException} when no answer comes
     * @throws IllegalArgumentException if {@code address} is not valid
     */
    public <Q> CompletableFuture<Reply> call(String address, Rpc<Q, ?> rpc, Q question, Duration timeout) {
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        call(address, rpc, question, timeout, new FutureCaller(answer));
        return answer;
    }

    /**
     * As the other {@code call}, without a future: for requests of which there are very many.
     *
     * @throws IllegalArgumentException if {@code address} is not valid; the caller then is not told of an end
     */
    public <Q> void call(String address, Rpc<Q, ?> rpc, Q question, Duration timeout, Caller caller) {
        Destination destination = destination(address);
        if (timeout.isZero() || timeout.isNegative()) {
            caller.failed(new RemotingTooMuchRequestException(
                    "Not sent " + rpc + " to " + address + ": no time left, " + timeout.toMillis() + " ms"));
            return;
        }
        Optional<Exception> refusal = enter(rpc, address);
        if (refusal.isPresent()) {
            caller.failed(refusal.get());
            return;
        }
        long timeoutNanos = timeout.compareTo(TIMEOUT_MAX) < 0 ? timeout.toNanos() : TIMEOUT_MAX.toNanos();
        new ClientCall<>(destination, rooms, rpc, question, timeoutNanos, caller).start();
    }

    /**
     * Sends a request that expects no answer.
     *
     * @return completes on an event loop once the request has been handed to the system; fails as a call does
     * @throws IllegalArgumentException if {@code address} is not valid
     */
    public <Q> CompletableFuture<Void> oneWay(String address, Rpc<Q, ?> rpc, Q question) {
        Destination destination = destination(address);
        Optional<Exception> refusal = enter(rpc, address);
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(refusal.get());
        }
        ClientOneWay<Q> request = new ClientOneWay<>(rpc, question, inFlight);
        destination.connect(request);
        return request.written();
    }

    public boolean isConnected(String address) {
        Destination destination = destinations.get(address);
        return destination != null && destination.isConnected();
    }

    /** Closes the connection to {@code address} if there is one; calls on it fail. The next call opens a new one. */
    public void disconnect(String address) {
        Destination destination = destinations.get(address);
        if (destination != null) {
            destination.disconnect();
        }
    }

    /** Runs {@code task} once the calling network thread has handed out the answers it has read; elsewhere at once. */
    public void afterRound(Runnable task) {
        rooms.loops().afterRound(task);
    }

    /** Closes all connections; calls that await answers fail. */
    @Override
    public void close() {
        isClosed = true;
        destinations.values().forEach(Destination::close);
        resolving.close();
        closeLoops.run();
    }

    private Optional<Exception> enter(Rpc<?, ?> rpc, String address) {
        if (isClosed) {
            return Optional.of(
                    new RemotingConnectException("Not sent " + rpc + " to " + address + ": the client is closed"));
        }
        if (!inFlight.enter()) {
            return Optional.of(new RemotingTooMuchRequestException("Not sent " + rpc + " to " + address + ": "
                    + inFlight.max() + " requests are under way, the limit"));
        }
        return Optional.empty();
    }

    private Destination destination(String address) {
        Destination known = destinations.get(address);
        if (known != null) {
            return known;
        }
        if (destinations.size() >= DESTINATIONS_TIDY) {
            destinations.values().removeIf(Destination::isForgettable);
        }
        HostPort parsed = HostPort.parse(address);
        return destinations.computeIfAbsent(
                address, text -> new Destination(parsed, dialer, config.retryDelayMax(), clock));
    }
}
