package io.ternmq.broker.store;

/**
 * The offsets that a queue holds.
 *
 * @param minOffset the first that can be read
 * @param maxOffset the one after the last; equal to {@code minOffset} in an empty queue
 */
public record QueueRange(long minOffset, long maxOffset) {
    public static final QueueRange EMPTY = new QueueRange(0, 0);
}
