package io.ternmq.client.consumer.consumption;

import io.ternmq.client.hook.ConsumeMessageContext;
import io.ternmq.client.hook.ConsumeMessageHook;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hooks of a consumer, in the order in which they were registered. A failing one disturbs nobody. */
public final class ConsumeHooks {
    private static final Logger log = LoggerFactory.getLogger(ConsumeHooks.class);

    private final List<ConsumeMessageHook> hooks;

    /** A hook that was told of the beginning of a call, and what it was told with: each has a context of its own. */
    record Told(ConsumeMessageHook hook, ConsumeMessageContext context) {}

    public ConsumeHooks(List<ConsumeMessageHook> hooks) {
        this.hooks = List.copyOf(hooks);
    }

    /** Tells them that a call begins. */
    List<Told> before(String group, ConsumeBatch batch) {
        if (hooks.isEmpty()) {
            return List.of();
        }
        List<Told> told = hooks.stream()
                .map(hook -> new Told(hook, new ConsumeMessageContext(group, batch.queue(), batch.messages())))
                .toList();
        told.forEach(each -> guard(each.hook, () -> each.hook.consumeMessageBefore(each.context)));
        return told;
    }

    /** Tells them how it ended. */
    void after(List<Told> told, boolean isSuccess, String answer, ConsumeMessageContext.Ending ending) {
        for (Told each : told) {
            each.context.end(isSuccess, answer, ending);
            guard(each.hook, () -> each.hook.consumeMessageAfter(each.context));
        }
    }

    private static void guard(ConsumeMessageHook hook, Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) { // the application's own code
            log.warn("Hook failed. name={}", hook.hookName(), e);
        }
    }
}
