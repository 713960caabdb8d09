package io.ternmq.client.trace;

import io.ternmq.client.hook.SendMessageContext;
import io.ternmq.client.hook.SendMessageContext.Stored;
import io.ternmq.client.hook.SendMessageHook;
import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Records each message that is stored. What no broker is known to have stored leaves no record. Stateless. */
final class SendTraceHook implements SendMessageHook {
    private static final String ID_SEPARATOR = ",";
    private static final List<String> DELAYS = List.of(
            MessageProperties.DELAY,
            MessageProperties.TIMER_DELAY_SECONDS,
            MessageProperties.TIMER_DELAY_MILLIS,
            MessageProperties.TIMER_DELIVER_MILLIS);

    private final TraceSettings settings;
    private final TraceSender sender;
    private final Clock clock;

    /** When an attempt began, by both clocks. */
    private record Start(long wallMillis, long nanos) {}

    SendTraceHook(TraceSettings settings, TraceSender sender, Clock clock) {
        this.settings = settings;
        this.sender = sender;
        this.clock = clock;
    }

    @Override
    public String hookName() {
        return "message trace of sends";
    }

    @Override
    public void sendMessageBefore(SendMessageContext context) {
        if (settings.covers(context.getMq().getTopic())) {
            context.setMqTraceContext(new Start(clock.wallMillis(), clock.monotonicNanos()));
        }
    }

    @Override
    public void sendMessageAfter(SendMessageContext context) {
        Optional<Stored> stored = context.getStored().filter(Stored::isTraced);
        if (stored.isPresent() && context.getMqTraceContext() instanceof Start start) {
            record(context, stored.get(), start);
        }
    }

    // Messages of a batch have a record each, so that each is found by its own id.
    private void record(SendMessageContext context, Stored stored, Start start) {
        List<Message> messages = context.getMessages();
        List<String> ids = List.of(stored.msgId().split(ID_SEPARATOR, -1));
        List<String> offsetIds = List.of(stored.offsetMsgId().split(ID_SEPARATOR, -1));
        long tookMillis = TimeUnit.NANOSECONDS.toMillis(clock.monotonicNanos() - start.nanos);
        for (int index = 0; index < messages.size(); index++) {
            Message message = messages.get(index);
            sender.add(new TraceRecord.Sent(
                    start.wallMillis,
                    stored.regionId(),
                    settings.plainGroup(),
                    settings.namespace().plain(context.getMq().getTopic()),
                    idAt(ids, index),
                    Objects.toString(message.getTags(), ""),
                    Objects.toString(message.getKeys(), ""),
                    context.getBrokerAddr(),
                    message.getBody().length,
                    tookMillis,
                    typeOf(message),
                    idAt(offsetIds, index),
                    stored.isSafe()));
        }
    }

    // Brokers give a batch one id for each message; one that does not gives what it gives.
    private static String idAt(List<String> ids, int index) {
        return ids.get(Math.min(index, ids.size() - 1));
    }

    private static TraceRecord.Type typeOf(Message message) {
        if (Boolean.parseBoolean(message.getProperty(MessageProperties.TRANSACTION_PREPARED))) {
            return TraceRecord.Type.TRANSACTION_HALF;
        }
        return DELAYS.stream().anyMatch(name -> message.getProperty(name) != null)
                ? TraceRecord.Type.DELAYED
                : TraceRecord.Type.NORMAL;
    }
}
