package io.ternmq.client.consumer.consumption;

import io.ternmq.client.hook.ConsumeMessageContext;
import io.ternmq.client.hook.ConsumeMessageHook;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hooks of a consumer, in the order in which they were registered. A failing one disturbs nobody. */
public final class ConsumeHooks {
    private static final Logger log = LoggerFactory.getLogger(ConsumeHooks.class);

    private final List<ConsumeMessageHook> hooks;

    public ConsumeHooks(List<ConsumeMessageHook> hooks) {
        this.hooks = List.copyOf(hooks);
    }

    /** Tells them that a call begins; empty if there is nobody to tell. */
    Optional<ConsumeMessageContext> before(String group, ConsumeBatch batch) {
        if (hooks.isEmpty()) {
            return Optional.empty();
        }
        ConsumeMessageContext context = new ConsumeMessageContext(group, batch.queue(), batch.messages());
        tell(hook -> hook.consumeMessageBefore(context));
        return Optional.of(context);
    }

    /** Tells them how it ended; the context knows it. */
    void after(ConsumeMessageContext context) {
        tell(hook -> hook.consumeMessageAfter(context));
    }

    private void tell(Consumer<ConsumeMessageHook> news) {
        for (ConsumeMessageHook hook : hooks) {
            try {
                news.accept(hook);
            } catch (RuntimeException e) { // the application's own code
                log.warn("Hook failed. name={}", hook.hookName(), e);
            }
        }
    }
}
