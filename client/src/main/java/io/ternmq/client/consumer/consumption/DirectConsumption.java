package io.ternmq.client.consumer.consumption;

import io.ternmq.client.consumer.listener.ConsumeConcurrentlyContext;
import io.ternmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import io.ternmq.client.consumer.listener.MessageListenerConcurrently;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.time.Clock;
import io.ternmq.remoting.protocol.session.ConsumeOutcome;
import io.ternmq.remoting.protocol.session.ConsumeOutcome.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Consumes one message because an operator wants to see what the listener makes of it. Stateless. */
final class DirectConsumption {

    private DirectConsumption() {}

    @SuppressWarnings("CatchThrowable") // whatever the application throws is the answer
    static ConsumeOutcome consume(
            MessageListenerConcurrently listener, MessageQueue queue, MessageExt message, Clock clock) {
        long startNanos = clock.monotonicNanos();
        Verdict verdict;
        Optional<String> remark = Optional.empty();
        try {
            verdict = verdictOf(listener.consumeMessage(List.of(message), new ConsumeConcurrentlyContext(queue)));
        } catch (Throwable e) {
            verdict = Verdict.CR_THROW_EXCEPTION;
            remark = Optional.of(e.toString());
        }
        long tookMillis = TimeUnit.NANOSECONDS.toMillis(clock.monotonicNanos() - startNanos);
        return new ConsumeOutcome(false, true, verdict, remark, tookMillis);
    }

    private static Verdict verdictOf(ConsumeConcurrentlyStatus status) {
        if (status == null) {
            return Verdict.CR_RETURN_NULL;
        }
        return switch (status) {
            case CONSUME_SUCCESS -> Verdict.CR_SUCCESS;
            case RECONSUME_LATER -> Verdict.CR_LATER;
        };
    }
}
