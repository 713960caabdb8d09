package io.ternmq.client.consumer.consumption;

import io.ternmq.common.time.Clock;
import io.ternmq.remoting.protocol.session.ConsumeOutcome;
import io.ternmq.remoting.protocol.session.ConsumeOutcome.Verdict;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Consumes one message because an operator wants to see what the listener makes of it. Stateless. */
final class DirectConsumption {

    private DirectConsumption() {}

    /**
     * Calls the listener on one of its threads.
     *
     * @param listener gives what the wire calls its answer, with its name for null
     */
    static CompletableFuture<ConsumeOutcome> on(
            ListenerThreads threads,
            Supplier<Verdict> listener,
            boolean isOrdered,
            BooleanSupplier commitsByItself,
            Clock clock) {
        CompletableFuture<ConsumeOutcome> outcome = new CompletableFuture<>();
        threads.execute(() -> outcome.complete(consume(listener, isOrdered, commitsByItself, clock)));
        return outcome;
    }

    @SuppressWarnings("CatchThrowable") // whatever the application throws is the answer
    private static ConsumeOutcome consume(
            Supplier<Verdict> listener, boolean isOrdered, BooleanSupplier commitsByItself, Clock clock) {
        long startNanos = clock.monotonicNanos();
        Verdict verdict;
        Optional<String> remark = Optional.empty();
        try {
            verdict = listener.get();
        } catch (Throwable e) {
            verdict = Verdict.CR_THROW_EXCEPTION;
            remark = Optional.of(e.toString());
        }
        long tookMillis = TimeUnit.NANOSECONDS.toMillis(clock.monotonicNanos() - startNanos);
        return new ConsumeOutcome(isOrdered, commitsByItself.getAsBoolean(), verdict, remark, tookMillis);
    }
}
