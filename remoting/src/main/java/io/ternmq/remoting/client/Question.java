package io.ternmq.remoting.client;

import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.Rpc;

/**
 * What is asked of a server.
 *
 * @param connected run just before the question goes out
 */
record Question<Q>(Rpc<Q, ?> rpc, Q value, Runnable connected) {

    Payload encode() {
        return rpc.request().encode(value);
    }
}
