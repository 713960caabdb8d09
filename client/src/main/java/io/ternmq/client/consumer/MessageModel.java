package io.ternmq.client.consumer;

/** How the members of a group share messages. */
public enum MessageModel {
    /** Every member gets every message. */
    BROADCASTING,
    /** Every message goes to one member. */
    CLUSTERING
}
