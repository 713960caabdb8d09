package io.ternmq.client.route;

/**
 * In whose image brokers make a topic that does not exist yet.
 *
 * @param topic mostly {@code TBW102}
 * @param queuesMax the most queues that the new topic is to have on each broker
 */
public record Template(String topic, int queuesMax) {}
