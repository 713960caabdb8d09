package io.ternmq.client.hook;

/**
 * Called before and after each attempt to send, by the thread that makes it: the sender's, or a network thread, so it must
 * not block. What it throws is logged and changes nothing.
 */
public interface SendMessageHook {

    /** Says in logs whose hook failed. */
    String hookName();

    void sendMessageBefore(SendMessageContext context);

    /** Called once for each {@code sendMessageBefore}, with the same context, which then knows how the attempt ended. */
    void sendMessageAfter(SendMessageContext context);
}
