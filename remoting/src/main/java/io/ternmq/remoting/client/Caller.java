package io.ternmq.remoting.client;

import io.ternmq.remoting.transport.Asker;

/** Who asks a server through a {@link RemotingClient}, and also wants to know how long connecting took. */
public interface Caller extends Asker {

    /** There is a connection, and the question goes out on it next. On any thread. */
    void connected();
}
