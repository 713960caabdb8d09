package io.ternmq.remoting.transport;

import io.netty.channel.EventLoop;
import io.netty.util.collection.IntObjectHashMap;
import io.ternmq.common.time.Clock;
import io.ternmq.remoting.protocol.RemotingSendRequestException;
import io.ternmq.remoting.protocol.RemotingTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The calls of one connection that await their answers, by number. Sole owner of them; lives on the connection's event
 * loop.
 *
 * <p>Deadlines need no timer per call: one sweep is due at the earliest deadline known when it was planned. Calls mostly
 * have a few seconds and get their answers in milliseconds, so a sweep finds few of those it was planned for.
 */
final class PendingCalls {
    private static final long SWEEP_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long NO_SWEEP = Long.MAX_VALUE;

    private final EventLoop loop;
    private final Clock clock;
    private final String peer;
    private final IntObjectHashMap<PendingCall> calls = new IntObjectHashMap<>();
    private final Runnable sweepTask = this::sweep;
    private final long epochNanos;
    private long sweepAtNanos = NO_SWEEP; // since epochNanos, to be comparable with NO_SWEEP
    private Optional<Future<?>> sweep = Optional.empty();

    PendingCalls(EventLoop loop, Clock clock, String peer) {
        this.loop = loop;
        this.clock = clock;
        this.peer = peer;
        this.epochNanos = clock.monotonicNanos();
    }

    int count() {
        return calls.size();
    }

    void add(int opaque, PendingCall call) {
        PendingCall former = calls.put(opaque, call);
        if (former != null) { // 2^32 calls later, still unanswered and without a deadline worth the name
            former.asker()
                    .failed(new RemotingTimeoutException("No answer from " + peer + " to " + former.rpc() + " after "
                            + former.elapsedMillis(clock.monotonicNanos()) + " ms; its number is used again"));
        }
        planSweep(call.deadlineNanos() - epochNanos);
    }

    /** Returns null if there is none of that number. */
    PendingCall remove(int opaque) {
        return calls.remove(opaque);
    }

    /** The connection is gone: nobody will be answered. */
    void failAll(Function<PendingCall, RemotingSendRequestException> cause) {
        List<PendingCall> lost = new ArrayList<>(calls.values());
        calls.clear(); // first, since whoever is told may call again at once
        lost.forEach(call -> call.asker().failed(cause.apply(call)));
    }

    private void planSweep(long atNanos) {
        if (atNanos >= sweepAtNanos) {
            return;
        }
        sweepAtNanos = atNanos;
        long delayNanos = Math.max(atNanos - (clock.monotonicNanos() - epochNanos), SWEEP_PAUSE_NANOS);
        sweep.ifPresent(later -> later.cancel(false));
        sweep = Optional.of(loop.schedule(sweepTask, delayNanos, TimeUnit.NANOSECONDS));
    }

    private void sweep() {
        long nowNanos = clock.monotonicNanos();
        long nextNanos = NO_SWEEP;
        List<PendingCall> late = new ArrayList<>();
        var entries = calls.entries().iterator();
        while (entries.hasNext()) {
            PendingCall call = entries.next().value();
            if (call.deadlineNanos() - nowNanos <= 0) {
                late.add(call);
                entries.remove();
            } else {
                nextNanos = Math.min(nextNanos, call.deadlineNanos() - epochNanos);
            }
        }
        sweepAtNanos = NO_SWEEP;
        sweep = Optional.empty();
        if (nextNanos != NO_SWEEP) {
            planSweep(nextNanos);
        }
        late.forEach(call -> call.asker()
                .failed(new RemotingTimeoutException("No answer from " + peer + " to " + call.rpc()
                        + " within " + call.allowedMillis() + " ms, waited "
                        + call.elapsedMillis(nowNanos) + " ms")));
    }
}
