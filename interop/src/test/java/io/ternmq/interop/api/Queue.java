package io.ternmq.interop.api;

/**
 * One queue of one topic on one broker.
 *
 * @param topic name of the topic
 * @param broker name of the broker
 * @param id from 0
 */
public record Queue(String topic, String broker, int id) {}
