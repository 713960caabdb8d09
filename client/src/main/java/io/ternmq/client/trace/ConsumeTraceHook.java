package io.ternmq.client.trace;

import io.ternmq.client.hook.ConsumeMessageContext;
import io.ternmq.client.hook.ConsumeMessageHook;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.UniqueIds;
import io.ternmq.common.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Records each message before and after the listener has it. Stateless. */
final class ConsumeTraceHook implements ConsumeMessageHook {
    private final TraceSettings settings;
    private final TraceSender sender;
    private final UniqueIds ids;
    private final Clock clock;

    /**
     * One call of the listener.
     *
     * @param traced those of its messages that are recorded
     */
    private record Call(String requestId, long wallMillis, long nanos, List<MessageExt> traced) {}

    ConsumeTraceHook(TraceSettings settings, TraceSender sender, UniqueIds ids, Clock clock) {
        this.settings = settings;
        this.sender = sender;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public String hookName() {
        return "message trace of consumption";
    }

    @Override
    public void consumeMessageBefore(ConsumeMessageContext context) {
        List<MessageExt> traced =
                context.getMsgList().stream().filter(this::isTraced).toList();
        if (traced.isEmpty()) {
            return;
        }
        Call call = new Call(ids.next(), clock.wallMillis(), clock.monotonicNanos(), traced);
        context.setMqTraceContext(call);
        for (MessageExt message : traced) {
            sender.add(new TraceRecord.Delivered(
                    call.wallMillis,
                    Objects.toString(message.getProperty(MessageProperties.MSG_REGION), ""),
                    settings.plainGroup(),
                    call.requestId,
                    message.getMsgId(),
                    message.getReconsumeTimes(),
                    keysOf(message)));
        }
    }

    @Override
    public void consumeMessageAfter(ConsumeMessageContext context) {
        if (!(context.getMqTraceContext() instanceof Call call)) {
            return;
        }
        long tookMillis = TimeUnit.NANOSECONDS.toMillis(clock.monotonicNanos() - call.nanos);
        for (MessageExt message : call.traced) {
            sender.add(new TraceRecord.Consumed(
                    call.requestId,
                    message.getMsgId(),
                    tookMillis,
                    context.isSuccess(),
                    keysOf(message),
                    context.getEnding(),
                    call.wallMillis,
                    settings.plainGroup()));
        }
    }

    private boolean isTraced(MessageExt message) {
        return settings.covers(message.getTopic()) && !"false".equals(message.getProperty(MessageProperties.TRACE_ON));
    }

    private static String keysOf(MessageExt message) {
        return Objects.toString(message.getKeys(), "");
    }
}
