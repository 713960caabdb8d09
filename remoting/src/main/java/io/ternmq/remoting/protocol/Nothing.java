package io.ternmq.remoting.protocol;

/** The value of a request or an answer that carries neither header fields nor a body. */
public enum Nothing {
    NOTHING
}
