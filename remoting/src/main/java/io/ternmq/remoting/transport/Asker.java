package io.ternmq.remoting.transport;

import io.ternmq.remoting.protocol.Reply;

/**
 * Who asked a peer and awaits its answer. Told once how the call ended, by one of the two methods: on the connection's
 * event loop, or on the asking thread if the question could not go out. Must neither block nor throw.
 */
public interface Asker {

    /** The peer answered, whatever the code. */
    void answered(Reply reply);

    /** There is no answer: mostly a {@link io.ternmq.remoting.protocol.RemotingException}. */
    void failed(Throwable cause);
}
