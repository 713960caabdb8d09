package io.ternmq.remoting.protocol.session;

/** Whether members of a group share the messages or each gets all; the {@code messageModel} of the wire. */
public enum GroupModel {
    BROADCASTING,
    CLUSTERING
}
