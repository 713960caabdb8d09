package io.ternmq.client.consumer.consumption;

/**
 * How a push consumer consumes, as it was set when it started.
 *
 * @param group the consumer group
 * @param threads that may be in the listener at once
 * @param batchMax messages for one call of the listener
 * @param reconsumeTimesMax deliveries after the first
 */
public record ConsumeSettings(String group, int threads, int batchMax, int reconsumeTimesMax) {}
