package io.ternmq.client.route;

import io.ternmq.common.message.MessageQueue;

/** A queue that may be written, and the address of the broker that takes it. */
public record PublishQueue(MessageQueue queue, String address) {}
