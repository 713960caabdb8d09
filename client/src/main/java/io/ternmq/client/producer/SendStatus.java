package io.ternmq.client.producer;

/** How safely a message was stored when the broker answered. */
public enum SendStatus {
    /** As safely as the broker was set up to. */
    SEND_OK,
    /** In memory; the disk did not confirm in time. */
    FLUSH_DISK_TIMEOUT,
    /** On the master; the replica did not confirm in time. */
    FLUSH_SLAVE_TIMEOUT,
    /** On the master; there was no replica to confirm. */
    SLAVE_NOT_AVAILABLE
}
