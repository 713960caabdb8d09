package io.ternmq.client.producer;

import io.ternmq.client.gateway.SendGateway.Stored;
import io.ternmq.client.hook.SendMessageContext;
import io.ternmq.client.hook.SendMessageHook;
import io.ternmq.remoting.protocol.ResponseCode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hooks of a producer, in the order in which they were registered. A failing one disturbs neither sends nor others. */
final class SendHooks {
    private static final Logger log = LoggerFactory.getLogger(SendHooks.class);

    private final List<SendMessageHook> hooks = new CopyOnWriteArrayList<>();

    /** A hook that was told of the beginning of an attempt, and what it was told with: each has a context of its own. */
    record Told(SendMessageHook hook, SendMessageContext context) {}

    void register(SendMessageHook hook) {
        hooks.add(hook);
    }

    /** Tells them that an attempt begins. */
    List<Told> before(String group, Outgoing message, Attempt attempt, boolean isOneWay) {
        if (hooks.isEmpty()) {
            return List.of();
        }
        List<Told> told = hooks.stream()
                .map(hook -> new Told(
                        hook,
                        new SendMessageContext(
                                group,
                                message.messages(),
                                attempt.queue().queue(),
                                attempt.queue().address(),
                                isOneWay)))
                .toList();
        told.forEach(each -> guard(each.hook, () -> each.hook.sendMessageBefore(each.context)));
        return told;
    }

    /** Tells those that were told of the beginning how it ended. */
    void after(List<Told> told, Outgoing message, Stored stored, Throwable failure) {
        for (Told each : told) {
            if (failure != null) {
                each.context.setException(failure);
            } else if (!each.context.isOneWay()) {
                each.context.setStored(new SendMessageContext.Stored(
                        message.uniqueId(),
                        stored.answer().messageId(),
                        stored.answer().queueOffset(),
                        stored.code() == ResponseCode.SUCCESS,
                        stored.answer().region(),
                        stored.answer().isTraced()));
            }
            guard(each.hook, () -> each.hook.sendMessageAfter(each.context));
        }
    }

    private static void guard(SendMessageHook hook, Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) { // the application's own code
            log.warn("Hook failed. name={}", hook.hookName(), e);
        }
    }
}
