package io.ternmq.client.hook;

/**
 * Called before and after each call of a push consumer's listener, by the thread that makes it. What it throws is logged
 * and changes nothing.
 */
public interface ConsumeMessageHook {

    /** Says in logs whose hook failed. */
    String hookName();

    void consumeMessageBefore(ConsumeMessageContext context);

    /** Called once for each {@code consumeMessageBefore}, with the same context, which then knows how the call ended. */
    void consumeMessageAfter(ConsumeMessageContext context);
}
