package io.ternmq.client.consumer.pulling;

/**
 * How much of one queue a consumer holds before it stops pulling.
 *
 * @param count messages not done with
 * @param bytes bytes of their bodies
 * @param span offsets between the first and the last of them, for one that stays behind holds back the commit of all
 */
public record QueueLimits(int count, long bytes, long span) {}
