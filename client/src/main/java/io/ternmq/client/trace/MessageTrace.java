package io.ternmq.client.trace;

import io.ternmq.client.hook.ConsumeMessageHook;
import io.ternmq.client.hook.SendMessageHook;
import io.ternmq.client.session.ClientInstance;
import io.ternmq.common.work.DrainingPool;

/**
 * The trace of one producer or consumer: hooks that record what they see, and what brings the records to a broker. Owns
 * its thread; the client instance below is the caller's. A broken trace disturbs nobody: records are given up instead.
 */
public final class MessageTrace implements AutoCloseable {
    private final ClientInstance instance;
    private final TraceSettings settings;
    private final DrainingPool lane;
    private final TraceSender sender;

    /** Composes the parts; no thread runs before the first record. */
    public MessageTrace(ClientInstance instance, TraceSettings settings) {
        this.instance = instance;
        this.settings = settings;
        this.lane = new DrainingPool("trace-" + settings.group(), 1);
        this.sender = new TraceSender(
                settings.sendAt(),
                BrokerOutlet.of(instance, settings),
                lane,
                instance.scheduler(),
                new TraceLosses(settings));
    }

    /** To be told of each attempt to send. */
    public SendMessageHook ofSends() {
        return new SendTraceHook(settings, sender, instance.clock());
    }

    /** To be told of each call of a listener. */
    public ConsumeMessageHook ofConsumption() {
        return new ConsumeTraceHook(settings, sender, instance.uniqueIds(), instance.clock());
    }

    /** Sends what was recorded, waiting a bounded time for it, before the client instance is closed. */
    @Override
    public void close() {
        sender.close();
        lane.close();
    }
}
