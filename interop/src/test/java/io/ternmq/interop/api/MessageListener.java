package io.ternmq.interop.api;

import java.util.List;

/** What a push consumer calls, on threads of the client library. */
@FunctionalInterface
public interface MessageListener {
    /**
     * Takes messages of one queue.
     *
     * @return false: deliver them again later
     */
    boolean consume(List<Received> messages);
}
