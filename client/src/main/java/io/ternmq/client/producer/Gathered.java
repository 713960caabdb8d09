package io.ternmq.client.producer;

import io.ternmq.common.message.Message;
import java.util.concurrent.CompletableFuture;

/**
 * A message that waits for others to travel with.
 *
 * @param deadlineNanos monotonic time at which its send is over
 * @param sent completed once, with its own result or what became of its batch
 */
record Gathered(Message message, long deadlineNanos, CompletableFuture<SendResult> sent) {

    int bodyBytes() {
        return message.getBody().length;
    }
}
