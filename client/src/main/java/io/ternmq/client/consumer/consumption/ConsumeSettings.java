package io.ternmq.client.consumer.consumption;

import io.ternmq.client.Namespace;
import java.time.Duration;

/**
 * How a push consumer consumes, as it was set when it started.
 *
 * @param group the consumer group
 * @param threadsLeast threads that may be in the listener at once
 * @param threadsMost as many may be while messages wait for one
 * @param batchMax messages for one call of the listener
 * @param reconsumeTimesMax deliveries after the first
 * @param isUnit whether the group belongs to a unit
 * @param namespace of its topics, which messages do not show
 * @param isBroadcast whether every member gets every message; what fails is then not delivered again
 * @param suspend pause of a queue that is consumed in order, when its listener asks for one
 * @param timeout time in the listener after which a message is delivered to another call
 */
public record ConsumeSettings(
        String group,
        int threadsLeast,
        int threadsMost,
        int batchMax,
        int reconsumeTimesMax,
        boolean isUnit,
        Namespace namespace,
        boolean isBroadcast,
        Duration suspend,
        Duration timeout) {}
