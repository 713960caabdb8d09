package io.ternmq.remoting.transport;

import io.ternmq.remoting.frame.RemotingCommand;

/** Takes the requests that a peer sends on one connection. */
@FunctionalInterface
public interface InboundRequests {

    /**
     * Takes {@code request}, on the connection's event loop, and must not block. Each is handed back exactly once by
     * {@link Link#answer}, one-way ones too, on any thread; its body lives until then.
     */
    void handle(RemotingCommand request);
}
