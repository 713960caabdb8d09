package io.ternmq.client.producer;

import io.ternmq.client.gateway.SendGateway.Stored;
import io.ternmq.client.hook.SendMessageContext;
import io.ternmq.client.hook.SendMessageHook;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hooks of a producer, in the order in which they were registered. A failing one disturbs neither sends nor others. */
final class SendHooks {
    private static final Logger log = LoggerFactory.getLogger(SendHooks.class);

    private final List<SendMessageHook> hooks = new CopyOnWriteArrayList<>();

    void register(SendMessageHook hook) {
        hooks.add(hook);
    }

    /** Tells them that an attempt begins; empty if there is nobody to tell. */
    Optional<SendMessageContext> before(String group, Outgoing message, Attempt attempt, boolean isOneWay) {
        if (hooks.isEmpty()) {
            return Optional.empty();
        }
        SendMessageContext context = new SendMessageContext(
                group,
                message.messages(),
                attempt.queue().queue(),
                attempt.queue().address(),
                isOneWay);
        tell(hook -> hook.sendMessageBefore(context));
        return Optional.of(context);
    }

    /** Tells them how it ended. */
    void after(SendMessageContext context, Outgoing message, Stored stored, Throwable failure) {
        if (failure != null) {
            context.setException(failure);
        } else if (!context.isOneWay()) {
            context.setStored(new SendMessageContext.Stored(
                    message.uniqueId(),
                    stored.answer().messageId(),
                    stored.answer().queueOffset()));
        }
        tell(hook -> hook.sendMessageAfter(context));
    }

    private void tell(Consumer<SendMessageHook> news) {
        for (SendMessageHook hook : hooks) {
            try {
                news.accept(hook);
            } catch (RuntimeException e) { // the application's own code
                log.warn("Hook failed. name={}", hook.hookName(), e);
            }
        }
    }
}
